"""Shares as offices print them."""


def percent(part: float, whole: float) -> float:
    """To one decimal; 0 of nothing is 0."""
    return round(100 * part / whole, 1) if whole else 0.0
