"""Words of a text as Sudachi cuts them: short units, each with its normal form and its reading."""

import threading
from dataclasses import dataclass
from functools import cache
from typing import Any

from madoguchi.lib.kana import fold

FILLERS = {"助詞", "助動詞", "補助記号", "記号", "空白", "連体詞", "代名詞", "接続詞", "感動詞", "接頭辞"}
WEAK = "非自立可能"  # する, ある, ない: they carry grammar
PERSON = "人名"
# Normal forms that say nothing about what is looked for.
STOP = frozenset(
    [
        *("事", "時", "時間", "為", "方", "方法", "仕方", "物", "所", "場合", "市", "市役所"),
        *("何", "どう", "如何", "何処", "何時", "幾ら", "何れ", "誰", "どんな"),
        *(
            "有る",
            "為る",
            "成る",
            "居る",
            "出来る",
            "下さる",
            "教える",
            "知る",
            "欲しい",
            "遣る",
            "貰う",
            "要る",
            "必要",
        ),
        *("必要", "良い", "行く", "来る", "見る", "言う", "付く", "就く", "於く", "関する"),
    ]
)


@dataclass(frozen=True)
class Word:
    """A unit of the text from `begin` to `end`; `is_content` unless it only carries grammar."""

    begin: int
    end: int
    normal: str
    reading: str
    is_content: bool
    is_name: bool


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary  # 0.1 s and 200 MB mapped: only where somebody searches or writes

    return Dictionary(dict="core")


_own = threading.local()  # a tokenizer serves one thread


def words(text: str, *, whole: bool = False) -> list[Word]:
    """The words of `text`, in order, cut short or (`whole`) as long as the dictionary has them.

    Normal forms and readings are folded: lower case, hiragana.
    """
    from sudachipy import SplitMode

    if not hasattr(_own, "tokenizer"):
        _own.tokenizer = _dictionary().tokenizer()
    return [_word(one) for one in _own.tokenizer.tokenize(text, SplitMode.C if whole else SplitMode.A)]


def _word(morpheme: Any) -> Word:
    part, detail, kind, *_ = morpheme.part_of_speech()
    normal = fold(morpheme.normalized_form())
    is_filler = part in FILLERS or WEAK in (detail, kind) or normal in STOP
    return Word(
        begin=morpheme.begin(),
        end=morpheme.end(),
        normal=normal,
        reading=fold(morpheme.reading_form()),
        is_content=not is_filler,
        is_name=kind == PERSON,
    )
