"""受付番号: fiscal year, serial and a check digit, easy to read out on the telephone: R8-000123-4."""

import re
import unicodedata

from stdnum.iso7064 import mod_11_10

from madoguchi.lib import wareki

_BETWEEN = re.compile(r"[-‐‑‒–—―−ー\s]+")
_TEXT = re.compile(r"-?([A-Z])-?([0-9]{1,2})-?([0-9]{6})-?([0-9])-?")


class NotAReceiptNumber(ValueError):
    """The text is no receipt number, or one with a slip of a digit."""


def make(fiscal_year: int, serial: int) -> str:
    """The number of the `serial`-th case of a fiscal year. Raises: ValueError beyond 999,999."""
    if not 1 <= serial <= 999_999:
        raise ValueError("a fiscal year has receipt numbers 1 to 999,999")
    era = wareki.fiscal_year_era(fiscal_year)
    year = fiscal_year - era.offset
    return f"{era.letter}{year}-{serial:06}-{mod_11_10.calc_check_digit(f'{fiscal_year}{serial:06}')}"


def parse(text: str) -> str:
    """The normal form of what a person typed: full-width characters, other hyphens, spaces or none are fine.

    Raises: NotAReceiptNumber.
    """
    found = _TEXT.fullmatch(_BETWEEN.sub("-", unicodedata.normalize("NFKC", text)).upper())
    if not found:
        raise NotAReceiptNumber(text)
    letter, year, serial, check = found.groups()
    try:
        number = make(_fiscal_year(letter, int(year)), int(serial))
    except ValueError as error:
        raise NotAReceiptNumber(text) from error
    if number[-1] != check:
        raise NotAReceiptNumber(text)
    return number


def _fiscal_year(letter: str, year: int) -> int:
    era = next((era for era in wareki.ERAS if era.letter == letter), None)
    if era is None:
        raise NotAReceiptNumber(letter)
    return era.offset + year
