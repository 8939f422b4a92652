"""What somebody typed, as expressions over the tokens: from what they said to what they may have meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import jaconv

from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.search.expressions import NEVER, Expression, either, every
from madoguchi.kernel.search.lexicon import Word, words
from madoguchi.kernel.search.tokens import KANA, LATIN, NOT_LATIN, RUN, joined, latin_forms, pairs, reading
from madoguchi.lib.kana import fold, sound

MOST_CHARS = 100
SURE_SOUNDS = 3  # shorter, neighbouring sounds say too little
FUZZY_SOUNDS = 5  # shorter, a word with a wrong letter is another word
Synonyms = dict[tuple[str, ...], frozenset[str]]


def synonyms() -> Synonyms:
    """From the city pack: the normal forms of a word to the words that mean the same."""
    return _synonyms(tuple(group.words for group in records("synonym")))


@lru_cache(maxsize=4)
def _synonyms(groups: tuple[tuple[str, ...], ...]) -> Synonyms:
    found: Synonyms = {}
    for group in groups:
        for word in group:
            for key in {_normals(words(word)), (reading(word),)}:
                found[key] = found.get(key, frozenset()) | frozenset(group)
    return found


def _normals(found: Sequence[Word]) -> tuple[str, ...]:
    """Of the words that say something; of all, where none does (なくした)."""
    said = [word for word in found if RUN.fullmatch(word.normal)]
    return tuple(word.normal for word in said if word.is_content) or tuple(word.normal for word in said)


@dataclass(frozen=True)
class Term:
    """One thing asked for: a word, or several that the pack knows as one."""

    text: str
    words: tuple[Word, ...]
    others: frozenset[str] = frozenset()

    def expression(self, *, head: bool) -> Expression:
        return either([self._itself(head=head), *(_spelled(other, head=head) for other in sorted(self.others))])

    def _itself(self, *, head: bool) -> Expression:
        prefix = "h" if head else ""
        kana = KANA.fullmatch(fold(self.text))
        return either(
            [
                every(f"{prefix}n{word.normal}" for word in self.words),
                f"{prefix}y{sound(fold(self.text))}" if kana and len(self.text) > 1 else NEVER,
                _sounding(self.text) if kana and head else NEVER,
            ]
        )

    @cached_property
    def is_name(self) -> bool:
        return any(word.is_name for word in self.words)


def _sounding(text: str) -> Expression:
    """Names and keywords that sound like this."""
    said = reading(text)
    return every("r" + pair for pair in pairs(said)) if len(said) >= SURE_SOUNDS else NEVER


def _spelled(text: str, *, head: bool) -> Expression:
    """The letters of the text, one after the other."""
    prefix = "h" if head else ""
    folded = joined(text)
    latin = [either(f"{prefix}n{form}" for form in latin_forms(word)) for word in LATIN.findall(folded)]
    return every([*latin, *(f"{prefix}b{pair}" for run in NOT_LATIN.findall(folded) for pair in pairs(run))])


@dataclass(frozen=True)
class Chunk:
    """What stands between two spaces."""

    text: str
    terms: tuple[Term, ...]

    def said(self, *, head: bool) -> Expression:
        """Letter by letter."""
        return _spelled(self.text, head=head)

    def expression(self, *, head: bool) -> Expression:
        return either(
            [
                self.said(head=head),
                every(term.expression(head=head) for term in self.terms) if self._is_understood else NEVER,
                _sounding(self._as_kana) if head and self._as_kana else NEVER,
                _spelled(self._as_kana, head=head) if LATIN.fullmatch(joined(self.text)) and self._as_kana else NEVER,
            ]
        )

    @cached_property
    def _is_understood(self) -> bool:
        """Kana fall into words that were not meant (と, しょ, かん); they count where nothing is left over."""
        return not KANA.fullmatch(self.text) or sum(len(term.text) for term in self.terms) == len(self.text)

    @cached_property
    def _as_kana(self) -> str:
        """A chunk in kana, or in Latin letters that can be read as kana (gomi)."""
        folded = joined(self.text)
        kana = str(jaconv.alphabet2kana(folded)) if LATIN.fullmatch(folded) else folded
        return kana if KANA.fullmatch(kana) else ""

    def whole(self) -> Expression:
        """A document that is called just that, or by a word that sounds like it."""
        return either(["e" + joined(self.text), "e" + reading(self._as_kana or self.text)])

    def is_in(self, title: str, *, by_sound: bool) -> bool:
        """By letters; kana, and with `by_sound` everything, also by sound."""
        if joined(self.text) in joined(title):
            return True
        return bool(by_sound or self._as_kana) and reading(self._as_kana or self.text) in reading(title)

    def homophone(self) -> Expression:
        """住民標 sounds like 住民票."""
        return _sounding(self._as_kana or self.text)

    def misspelled(self) -> Expression:
        """One letter wrong, missing, too many or changed with its neighbour: at most two neighbouring pairs differ."""
        said = sound(self._as_kana) or reading(self.text)
        found = ["r" + pair for pair in pairs(said)]
        if len(said) < FUZZY_SOUNDS:
            return NEVER
        return either(every(found[:place] + found[place + 2 :]) for place in range(len(found) - 1))


@dataclass(frozen=True)
class Question:
    """The chunks of one query."""

    chunks: tuple[Chunk, ...]

    def expression(self, *, head: bool) -> Expression:
        return every(chunk.expression(head=head) for chunk in self.chunks)

    def meant(self) -> Expression:
        """What sounds like it or is one letter away."""
        return either(
            [
                every(chunk.homophone() for chunk in self.chunks),
                every(chunk.misspelled() for chunk in self.chunks),
            ]
        )

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for chunk in self.chunks for term in chunk.terms)


def parse(text: str) -> Question:
    """The question in what somebody typed. Two queries, for the synonyms."""
    known = synonyms()
    texts = dict.fromkeys(part for part in fold(text[:MOST_CHARS]).split() if RUN.search(part))
    return Question(tuple(_chunk(part, known) for part in texts))


def _chunk(text: str, known: Synonyms) -> Chunk:
    return Chunk(text, tuple(_terms(text, known)))


def _terms(text: str, known: Synonyms) -> Iterator[Term]:
    found = [word for word in words(text) if RUN.fullmatch(word.normal)]
    if others := known.get((reading(text),)):
        yield Term(text, tuple(word for word in found if word.is_content), others)
        return
    place = 0
    while place < len(found):
        span = _longest(found[place:], known)
        others = known.get(_normals(span), frozenset())
        if others or span[0].is_content:
            said = text[span[0].begin : span[-1].end]
            yield Term(said, tuple(word for word in span if word.is_content) or tuple(span), others)
        place += len(span)


def _longest(found: Sequence[Word], known: Synonyms) -> Sequence[Word]:
    """The longest beginning that the pack knows; else one word. It ends as it begins, with or without grammar."""
    for size in range(len(found), 1, -1):
        span = found[:size]
        if span[0].is_content == span[-1].is_content and _normals(span) in known:
            return span
    return found[:1]
