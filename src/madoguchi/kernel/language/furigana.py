"""Readings above the kanji of a page: by the dictionary, by rules for what is counted, by the city pack.

A name of a person gets none: a wrong reading of a name is worse than none.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from madoguchi.kernel.search.public import words
from madoguchi.lib.counters import COUNTED, WEEKDAY, WEEKDAYS, sound
from madoguchi.lib.kana import fold

KANJI = "一-鿿々〆"
HAS_KANJI = re.compile(f"[{KANJI}]")
RUNS = re.compile(f"[{KANJI}ヶ]+|[^{KANJI}ヶ]+")
KANA = re.compile(r"[ぁ-ゖー]+")
TAG = re.compile(r"(<[^>]*>)")
ENTITY = re.compile(r"(&[#\w]+;)")
OPENING = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^>]*?)(/?)>")
# Text only, drawings, and what has its readings: ruby would be shown as markup, lost, or doubled.
PLAIN = {"title", "option", "textarea", "script", "style", "svg", "ruby", "code", "pre"}
FOREIGN = re.compile(r'\blang="(?!ja)')
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
DATE = re.compile(r"月$")
MOST_TEXTS = 20_000
MOST_CHARS = 10_000  # of one piece of text; Sudachi refuses 49,149 bytes, and nobody writes so long a one

Reading = tuple[int, int, str]  # from, to, how it is read
Overrides = tuple[tuple[str, str], ...]  # word, reading


def with_furigana(html: str, overrides: Overrides, *, remember: bool) -> str:
    """`html` with a ruby element around every kanji of its Japanese text that has a reading; tags stay as they are.

    `remember`: its texts are public, and may be kept in memory for the next page.
    """
    mark = remembered if remember else marked
    pieces = TAG.split(html)
    closing, depth = "", 0
    for place, piece in enumerate(pieces):
        if place % 2:  # the odd pieces are the tags
            closing, depth = _inside(piece, closing, depth)
        elif not closing and HAS_KANJI.search(piece):
            parts = ENTITY.split(piece)
            pieces[place] = "".join(part if odd % 2 else mark(part, overrides) for odd, part in enumerate(parts))
    return "".join(pieces)


def _inside(tag: str, closing: str, depth: int) -> tuple[str, int]:
    """The element that gets no readings we are in after `tag`, and how often it is open."""
    found = OPENING.match(tag)
    if not found:
        return closing, depth
    is_end, name = bool(found[1]), found[2].lower()
    if closing:
        if name != closing or found[4]:
            return closing, depth
        depth += -1 if is_end else 1
        return (closing, depth) if depth else ("", 0)
    is_plain = name in PLAIN or (name not in VOID and name != "html" and FOREIGN.search(found[3]))
    return (name, 1) if is_plain and not is_end and not found[4] else ("", 0)


def marked(text: str, overrides: Overrides) -> str:
    """One piece of text with its ruby elements."""
    if len(text) > MOST_CHARS:
        return text
    made, last = [], 0
    for begin, end, reading in readings(text, overrides):
        made += [text[last:begin], f"<ruby>{text[begin:end]}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>"]
        last = end
    return "".join([*made, text[last:]])


remembered = lru_cache(maxsize=MOST_TEXTS)(marked)  # the same texts stand on page after page


def readings(text: str, overrides: Overrides = ()) -> list[Reading]:
    """What is read how, in order, without overlap."""
    known = dict(overrides)
    tokens = words(text, whole=True)
    edges = _edges(tokens)
    by_dictionary = (
        one
        for word in tokens
        if not word.is_name
        for one in _above(text[word.begin : word.end], word.reading, word.begin)
    )
    found: list[Reading] = []
    taken: set[int] = set()
    for one in chain(_by_pack(text, known, edges), _counted(text, edges), by_dictionary):
        places = range(one[0], one[1])
        if taken.isdisjoint(places):
            taken.update(places)
            found.append(one)
    return sorted(found)


def words_of_pack(text: str, overrides: Overrides) -> Iterator[Reading]:
    """The pack's words in `text`, each with the whole of its reading."""
    return _of_pack(text, dict(overrides), _edges(words(text, whole=True)))


def _edges(tokens: list[Any]) -> set[int]:
    return {place for word in tokens for place in (word.begin, word.end)}


def _by_pack(text: str, known: dict[str, str], edges: set[int]) -> Iterator[Reading]:
    for begin, end, reading in _of_pack(text, known, edges):
        yield from _above(text[begin:end], reading, begin)


def _of_pack(text: str, known: dict[str, str], edges: set[int]) -> Iterator[Reading]:
    """The pack's words, the longer ones first; one kanji only where it is a word of its own."""
    longest_first = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    for one in re.finditer(longest_first, text) if known else ():
        if len(one[0]) > 1 or edges.issuperset(one.span()):
            yield one.start(), one.end(), known[one[0]]


def _counted(text: str, edges: set[int]) -> Iterator[Reading]:
    """Numbers with a counter that is a word of its own: 3分, not the 分 of 3分野; days of the week in brackets."""
    for one in COUNTED.finditer(text):
        if one.end() not in edges:
            continue
        number = int(re.sub("[,，]", "", one["number"]))
        found = sound(number, one["counter"], in_date=bool(DATE.search(text[: one.start()])))
        if found.whole:
            yield one.start(), one.end(), found.reading
        else:
            yield from _above(one["counter"], found.reading, one.start("counter"))
    for day in WEEKDAY.finditer(text):
        yield day.start(), day.end(), WEEKDAYS[day[0]]


def _above(surface: str, reading: str, begin: int) -> Iterator[Reading]:
    """The reading of a word shared among its kanji: 届け出 とどけで → 届 とど, 出 で."""
    runs = list(RUNS.finditer(surface))
    pattern = "".join("(.+?)" if HAS_KANJI.match(run[0]) else re.escape(fold(run[0])) for run in runs)
    shared = re.fullmatch(pattern, reading)
    if shared and KANA.fullmatch(reading):
        kanji = (run for run in runs if HAS_KANJI.match(run[0]))
        for run, heard in zip(kanji, shared.groups(), strict=True):
            yield begin + run.start(), begin + run.end(), heard
