"""Whole numbers out of what arrived as text."""

MOST_DIGITS = 9  # below 2³¹, what every database column for a number holds


def is_whole(text: str) -> bool:
    """Whether `int` reads `text` as a number of everyday size: 2 and ２ are, ² and a thousand digits are not."""
    return text.isdecimal() and len(text) <= MOST_DIGITS
