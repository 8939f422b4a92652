"""Why a personal number is not taken."""


class NotAPersonalNumber(ValueError):
    """It has not twelve digits, or its check digit does not fit. The number itself is never repeated."""
