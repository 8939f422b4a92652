"""個人番号: twelve digits, the last one a check digit (平成26年総務省令第85号 5条)."""

import unicodedata

from stdnum.jp import in_

LENGTH = 12
_BETWEEN = {"-", "‐", "‑", "–", "—", "―", "−", "ー", " "}


def digits_of(typed: str) -> str:
    """What somebody typed, in ASCII and without spaces and dashes."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign not in _BETWEEN)


def is_valid(digits: str) -> bool:
    """Twelve digits whose last one fits the others."""
    return digits.isascii() and digits.isdigit() and len(digits) == LENGTH and bool(in_.is_valid(digits))
