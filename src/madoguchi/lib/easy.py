"""やさしい日本語: what in a text is hard to read, and where.

The rules are those of 「在留支援のためのやさしい日本語ガイドライン」(出入国在留管理庁・文化庁, 2020): short
sentences, few kanji and each with its reading, no double negatives, no words of the office. How short and which words,
the city says. Whether a text reads well, only a reader can tell.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["long", "kanji", "reading", "misplaced", "negative", "word"]

KANJI = r"一-鿿々〆"
READING = re.compile(rf"(?<=[{KANJI}ヶ])[(（][ぁ-ゖー]+[)）]")
# A reading after kana belongs to no kanji, and would stand on the page as it is.
MISPLACED = re.compile(rf"[{KANJI}][ぁ-ゖー]*[ぁ-ゖー][(（][ぁ-ゖー]+[)）]|[{KANJI}]+（[ぁ-ゖー]+）")
UNREAD = re.compile(rf"[{KANJI}]+(?![{KANJI}ヶ]*[(（][ぁ-ゖー]+[)）])")
ADVICE: dict[Kind, str] = {
    "long": "文が長いです（{}文字）。二つに分けてください",
    "kanji": "漢字が多いです（{}字）。文を分けるか、ひらがなで書いてください",
    "reading": "漢字に読みがありません。すぐあとに (よみ) を付けてください",
    "misplaced": "読みは、漢字のすぐあとに半角のかっこで書いてください。例：手続(てつづ)き",
    "negative": "二重否定です。「できます」「してください」のように言い切ってください",
    "word": "むずかしいことばです。たとえば「{}」。名前として残すときは、すぐあとに〈意味〉を書いてください",
}
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
EXPLAINED = re.compile(r"[ぁ-ゖ]*[〈<＝]")
NEGATIVE = re.compile(
    r"(?:ない|ぬ)(?:わけ|こと|もの|の)(?:では|でも|は|も|じゃ)(?:ない|な[くか]|ありません)"
    r"|なく(?:は|も)(?:ない|な[くか]|ありません)"
    r"|(?:ないと|なければ|なくては|ねば)(?:いけ|なら|なり|でき)(?:ない|ません)"
    r"|ざるを得|ざるをえ|ずには(?:い|す)"
)


@dataclass(frozen=True)
class Rules:
    """How long a sentence may be and how many kanji it may have; hard words with the easier form of each."""

    sentence_chars: int
    sentence_kanji: int
    words: Mapping[str, str]


@dataclass(frozen=True)
class Finding:
    """What is hard from `begin` to `end` of the text. `detail`: a count, or the easier form of a word."""

    begin: int
    end: int
    kind: Kind
    detail: str = ""

    @property
    def advice(self) -> str:
        """What to do about it, for who writes the text."""
        return ADVICE[self.kind].format(self.detail)


def findings(text: str, rules: Rules) -> list[Finding]:
    """Everything hard in `text`, in order. Readings stand in brackets behind their kanji: 電話(でんわ)."""
    found = [Finding(*one.span(), "misplaced") for one in MISPLACED.finditer(text)]
    found += [Finding(*one.span(), "reading") for one in UNREAD.finditer(text)]
    for sentence in SENTENCE.finditer(text):
        found += _in_sentence(sentence[0], sentence.start(), rules)
    return sorted(found, key=lambda one: (one.begin, one.end))


def _in_sentence(sentence: str, start: int, rules: Rules) -> Iterator[Finding]:
    spoken = _Spoken(sentence, start)
    if not spoken.text:
        return
    chars = len(spoken.text.rstrip("。！？"))
    kanji = len(re.findall(f"[{KANJI}]", spoken.text))
    if chars > rules.sentence_chars:
        yield Finding(*spoken.places(0, len(spoken.text)), "long", str(chars))
    if kanji > rules.sentence_kanji:
        yield Finding(*spoken.places(0, len(spoken.text)), "kanji", str(kanji))
    for negative in NEGATIVE.finditer(spoken.text):
        yield Finding(*spoken.places(*negative.span()), "negative")
    for word in _words(spoken.text, rules.words):
        if not EXPLAINED.match(spoken.text, word.end()):
            yield Finding(*spoken.places(*word.span()), "word", rules.words[word[0]])


def _words(text: str, words: Mapping[str, str]) -> Iterator[re.Match[str]]:
    """The hard words of a text, the longer one where two begin alike."""
    if words:
        longest_first = sorted(words, key=len, reverse=True)
        yield from re.finditer("|".join(re.escape(word) for word in longest_first), text)


class _Spoken:
    """A sentence without readings and spaces, which knows where its characters stand in the text."""

    def __init__(self, sentence: str, start: int) -> None:
        silent = {place for reading in READING.finditer(sentence) for place in range(*reading.span())}
        heard = [place for place, char in enumerate(sentence) if place not in silent and not char.isspace()]
        self._places = [start + place for place in heard]
        self.text = "".join(sentence[place] for place in heard)

    def places(self, begin: int, end: int) -> tuple[int, int]:
        return self._places[begin], self._places[end - 1] + 1
