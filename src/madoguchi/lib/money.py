"""Amounts of money in words for a page."""


def yen(amount: int) -> str:
    """1234567 → 1,234,567円."""
    return f"{amount:,}円"


def thousand_yen(amount: int) -> str:
    """403891 → 403,891千円, the unit of the city's budget tables."""
    return f"{amount:,}千円"
