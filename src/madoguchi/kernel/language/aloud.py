"""A text for a voice that has a dictionary of its own: only what we know better stands as it sounds.

That is in katakana, which a voice takes for one word: behind hiragana it would not hear は and へ as particles.
"""

from collections.abc import Iterator

import jaconv

from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.language.furigana import MOST_CHARS, Overrides, Reading, readings, words_of_pack
from madoguchi.ui.ruby import READING


def overrides() -> Overrides:
    """Words of the applied pack, and how they are read."""
    return tuple((one.word, one.reading) for one in records("reading"))


def as_read(text: str, overrides: Overrides) -> str:
    """`text` with the readings of its author, 電話(でんわ), and of the pack, where the dictionary says otherwise."""
    plain, by_author = _without_readings(text)
    if len(plain) > MOST_CHARS:
        return plain
    usual = set(readings(plain)) if by_author else set()
    said, last = [], 0
    for begin, end, reading in _in_order([*by_author, *words_of_pack(plain, overrides)]):
        if (begin, end, reading) not in usual:
            said += [plain[last:begin], jaconv.hira2kata(reading)]
            last = end
    return "".join([*said, plain[last:]])


def _without_readings(text: str) -> tuple[str, list[Reading]]:
    plain, found, last = "", list[Reading](), 0
    for one in READING.finditer(text):
        plain += text[last : one.start()] + one[1]
        found.append((len(plain) - len(one[1]), len(plain), one[2]))
        last = one.end()
    return plain + text[last:], found


def _in_order(found: list[Reading]) -> Iterator[Reading]:
    """Without overlap; of two at one place the first that was named."""
    end = 0
    for one in sorted(found, key=lambda one: one[0]):
        if one[0] >= end:
            yield one
            end = one[1]
