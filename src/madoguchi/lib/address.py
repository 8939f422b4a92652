"""Addresses in Japan: how the register writes what somebody typed. A suggestion, for the person knows best.

The part behind the city is read: 町, 丁目, then 番 and 号 where houses are numbered by blocks (住居表示に関する法律
2条1号), 番地 where they are numbered by lots. What cannot be told for sure gets no suggestion.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

DIGITS = "〇一二三四五六七八九"
WIDE = str.maketrans("０１２３４５６７８９‐‑‒–—―−－ー　", "0123456789---------" + " ")
NUMBER = rf"(\d{{1,4}}|[{DIGITS}十百]{{1,7}})"
LINK = r"\s*[-のノ之]\s*"  # between two numbers
CHOME = re.compile(rf"\s*{NUMBER}\s*(?:丁目{LINK}|丁目\s*|{LINK})")
# 三 of 三井ビル is no house number: kanji count only before 号 or at the end
HOUSE = rf"(?:(\d{{1,4}})(?:\s*号(?!室)|(?![\d号室階F]))|([{DIGITS}十百]{{1,7}})(?:\s*号(?!室)|(?=\s|$)))"
BLOCK = re.compile(rf"{NUMBER}(?:(?:\s*番地?)?{LINK}{HOUSE}|\s*番地?\s*{HOUSE}|\s*番地?|(?=\s|$))")


@dataclass(frozen=True)
class Town:
    """町: its name, how many 丁目 it has (0: none), and whether its houses are numbered by blocks or by lots."""

    name: str
    chome: int
    by_blocks: bool


@dataclass(frozen=True)
class Place:
    """The municipality whose towns are known."""

    prefecture: str
    city: str
    towns: Sequence[Town]


def suggest(typed: str, place: Place) -> str | None:
    """The address as the register writes it; None where it stands so already or cannot be told."""
    given = " ".join(typed.split())
    same = given.translate(WIDE)  # a character stays one character, so that a building's name is cut out as typed
    start = len(place.prefecture) if same.startswith(place.prefecture) else 0
    start += _blank(same, start)
    if same.startswith(place.city, start):
        start += len(place.city)
    start += _blank(same, start)
    town = max((town for town in place.towns if same.startswith(town.name, start)), key=_length, default=None)
    if town is None:
        return None
    read = _numbers(same, start + len(town.name), town)
    if read is None:
        return None
    numbers, end = read
    building = given[end:].strip(" 　")
    if building and not _is_building(same, end):
        return None
    whole = f"{place.prefecture}{place.city}{town.name}{numbers}" + (f" {building}" if building else "")
    return None if whole == typed.strip() else whole


def _length(town: Town) -> int:
    return len(town.name)


def _blank(text: str, start: int) -> int:
    return len(text) - start - len(text[start:].lstrip())


def _numbers(text: str, start: int, town: Town) -> tuple[str, int] | None:
    """丁目, 番 and 号 in the register's way, and where they end."""
    written = ""
    if town.chome:
        found = CHOME.match(text, start)
        number = found and _value(found[1])
        if not found or not number or number > town.chome:
            return None
        written, start = f"{_kanji(number)}丁目", found.end()
    else:
        start += _blank(text, start)
    found = BLOCK.match(text, start)
    if not found:
        return None
    written_house = "".join(group or "" for group in found.groups()[1:])
    block, house = _value(found[1]), _value(written_house)
    if not block or (written_house and not house):
        return None
    if town.by_blocks:
        return f"{written}{block}番" + (f"{house}号" if house else ""), found.end()
    return f"{written}{block}番地" + (f"の{house}" if house else ""), found.end()


def _is_building(text: str, end: int) -> bool:
    """A bare further number may be a room as well as a slip of the hand."""
    return not re.match(r"\s*[-\d]|[のノ之]", text[end:])


def _value(written: str) -> int:
    """四十二, 四二 and 42 are 42; 0 where it is no number."""
    if written.isascii():
        return int(written or 0)
    if not set(written) & {"十", "百"}:
        return int("".join(str(DIGITS.index(digit)) for digit in written))
    found = re.fullmatch(rf"(?:([{DIGITS[1:]}]?)百)?(?:([{DIGITS[1:]}]?)十)?([{DIGITS[1:]}]?)", written)
    if not found:
        return 0
    hundreds, tens, ones = found.groups()
    return 100 * _times(hundreds) + 10 * _times(tens) + (DIGITS.index(ones) if ones else 0)


def _times(digit: str | None) -> int:
    """None: the sign is absent; empty: it stands alone and means one."""
    return 0 if digit is None else DIGITS.index(digit) if digit else 1


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")
