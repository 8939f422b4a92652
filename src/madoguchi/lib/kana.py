"""Kana: one normal form for names, one for matching."""

import re
import unicodedata

import jaconv

_KATAKANA_NAME = re.compile(r"(?=.*[ァ-ヺ])[ァ-ヺー・ 　]+")


def katakana(text: str) -> str:
    """Full-width katakana, single ideographic space between parts: the form of フリガナ fields."""
    wide = unicodedata.normalize("NFKC", text)
    return "　".join(jaconv.hira2kata(wide).split())


def is_katakana_name(text: str) -> bool:
    """Whether the text is katakana, with nothing beside it but long marks, middle dots and spaces."""
    return bool(_KATAKANA_NAME.fullmatch(text))


def fold(text: str) -> str:
    """For matching only, never for storing: NFKC, lower case, hiragana. ゴミ and ごみ become one."""
    return str(jaconv.kata2hira(unicodedata.normalize("NFKC", text).lower()))
