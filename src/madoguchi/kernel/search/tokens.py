"""The tokens a document is found by. One letter says which way:

n  the normal form of a word (子ども, こども → 子供)      y  the reading of a word
b  two neighbouring characters, kana folded                r  two neighbouring sounds (names and keywords only)
e  a whole name or keyword                                 x  the beginning of one, for suggestions
k  the kind of the document                                p  who may see it; g, when not everyone may

`h` before n, y and b: the same in a name or keyword, which weighs more than in a text. A token has letters and digits
only, so that neither database's parser cuts it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2s

from madoguchi.kernel.search.lexicon import Word, words
from madoguchi.lib.kana import fold, sound

GUARDED = "g"
VERSION = 1  # another number makes every document anew
RUN = re.compile(r"[^\W_]+")
LATIN = re.compile(r"[a-z0-9]+")
NOT_LATIN = re.compile(r"[^\W_a-z0-9]+")
KANA = re.compile(r"[ぁ-ゖー]+")
LONGEST_BEGINNING = 8
MOST_CHARS = 20_000  # of one document's text


def of_text(text: str) -> set[str]:
    """Channels n, y and b of any text."""
    text = text[:MOST_CHARS]
    found = set()
    for word in words(text):
        if word.is_content and RUN.fullmatch(word.normal):
            found.add("n" + word.normal)
            if KANA.fullmatch(word.reading):
                found.add("y" + sound(word.reading))
    folded = fold(text)
    found |= {"n" + form for latin in LATIN.findall(folded) for form in latin_forms(latin)}
    found |= {"b" + pair for run in NOT_LATIN.findall(folded) for pair in pairs(run)}
    return found


def of_names(names: Iterable[str]) -> set[str]:
    """Everything a name or keyword is found by, of the text as well as of its own."""
    found = set()
    for name in names:
        plain = of_text(name)
        found |= plain | {"h" + token for token in plain}
        found |= {"r" + pair for pair in pairs(reading(name))}
        found |= {"e" + whole for whole in {joined(name), reading(name)} if whole}
        found |= {"x" + start for start in _beginnings(name)}
    return found


def label(channel: str, name: str) -> str:
    """A kind or permission as a token."""
    return channel + blake2s(name.encode(), digest_size=6).hexdigest()


def pairs(run: str) -> list[str]:
    """Neighbouring characters; a single one counts as it is."""
    return [run] if len(run) == 1 else [run[place : place + 2] for place in range(len(run) - 1)]


def latin_forms(word: str) -> set[str]:
    """A word of Latin letters, and without the s of a plural."""
    return {word, word[:-1]} if len(word) > 3 and word.endswith("s") else {word}


def joined(text: str) -> str:
    """The letters of a text without what stands between them."""
    return "".join(RUN.findall(fold(text)))


@lru_cache(maxsize=10_000)
def reading(text: str) -> str:
    """How a text sounds: kana as they stand, other words by the dictionary."""
    folded = joined(text)
    if KANA.fullmatch(folded):
        return sound(folded)
    return "".join(_sounds(words(text)))


def _sounds(found: Iterable[Word]) -> Iterator[str]:
    for word in found:
        if RUN.fullmatch(word.normal):
            yield sound(word.reading) if KANA.fullmatch(word.reading) else joined(word.reading)


def _beginnings(name: str) -> Iterator[str]:
    """Of the name, of each of its words on, and of its sound: what somebody may have typed so far."""
    folded = joined(name)
    yield from _starts(folded)
    yield from _starts(reading(name))
    for word in words(name)[1:]:
        if word.is_content:
            yield from _starts(joined(name[word.begin :]))


def _starts(text: str) -> Iterator[str]:
    for length in range(1, min(len(text), LONGEST_BEGINNING) + 1):
        yield text[:length]
