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


_PLAIN = str.maketrans("ぁぃぅぇぉっゃゅょゎぢづを", "あいうえおつやゆよわじずお", "ー")
_LONG = re.compile(
    "(?<=[おこそとのほもよろごぞどぼぽ])[うお]+|(?<=[うくすつぬふむゆるぐずぶぷ])う+|(?<=[えけせてねへめれげぜでべぺ])[いえ]+"
)


def sound(hiragana: str) -> str:
    """For matching only: small kana large, long vowels short. じゅうみんひょう and じゅみんひよ are one."""
    return _LONG.sub("", hiragana.translate(_PLAIN))


_ROWS = (
    "あいうえお",
    "かきくけこ",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "やゆよ",
    "らりるれろ",
    "わをん",
)


def row_of(text: str) -> str:
    """The row of the 五十音 that a text in kana begins with: あ for インカン, か for がん; # for anything else."""
    first = unicodedata.normalize("NFD", fold(text)[:1])[:1].translate(_PLAIN)
    return next((row[0] for row in _ROWS if first and first in row), "#")
