"""Showing in a text what was looked for: the same letters, the same word in another spelling, the same sound."""

from collections.abc import Iterator
from dataclasses import dataclass

from madoguchi.kernel.search.lexicon import words
from madoguchi.kernel.search.questions import Question
from madoguchi.kernel.search.tokens import KANA, joined
from madoguchi.lib.kana import fold, sound


@dataclass(frozen=True)
class Piece:
    """A part of a text, marked or not."""

    text: str
    is_marked: bool


class Marker:
    """Marks one question in many texts."""

    def __init__(self, question: Question) -> None:
        self.letters = sorted(
            {
                part
                for chunk in question.chunks
                for part in (
                    joined(chunk.text),
                    *(joined(word) for term in chunk.terms for word in (term.text, *term.others)),
                )
                if len(part) > 1 or not KANA.fullmatch(part)
            }
            - {""}
        )
        self.normals = {word.normal for term in question.terms for word in term.words if word.is_content}
        self.sounds = {sound(part) for part in self.letters if KANA.fullmatch(part)}

    def marked(self, text: str) -> tuple[Piece, ...]:
        """The whole text in pieces."""
        is_marked = [False] * len(text)
        for begin, end in (*self._same_letters(text), *self._same_words(text)):
            is_marked[begin:end] = [True] * (end - begin)
        return tuple(_pieces(text, is_marked))

    def _same_letters(self, text: str) -> Iterator[tuple[int, int]]:
        folded = "".join(fold(letter)[:1] or " " for letter in text)  # letter by letter, so that places stay
        for part in self.letters:
            place = folded.find(part)
            while place >= 0:
                yield place, place + len(part)
                place = folded.find(part, place + len(part))

    def _same_words(self, text: str) -> Iterator[tuple[int, int]]:
        found = words(text)
        for first, word in enumerate(found):
            if word.normal in self.normals:
                yield word.begin, word.end
            said = ""
            for last in found[first : first + 6]:
                said += sound(last.reading)
                if said in self.sounds:
                    yield word.begin, last.end


def _pieces(text: str, is_marked: list[bool]) -> Iterator[Piece]:
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or is_marked[place] != is_marked[begin]:
            yield Piece(text[begin:place], is_marked[begin])
            begin = place
