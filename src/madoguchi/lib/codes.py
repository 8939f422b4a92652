"""One-time codes as people copy them: in groups of four, and read whatever the keyboard made of them."""

import re
import unicodedata


def grouped(code: str, *, between: str = "-") -> str:
    """A code in groups of four."""
    return between.join(code[start : start + 4] for start in range(0, len(code), 4))


def plain_code(typed: str) -> str:
    """A code as it is stored: ASCII letters and digits, whatever the keyboard made of them."""
    return re.sub(r"[\s\-ー－]", "", unicodedata.normalize("NFKC", typed)).lower()
