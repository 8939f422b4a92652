"""Finding: what answers first, then what was nearly said."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, overload

from madoguchi.kernel.accounts.public import may, sections_with
from madoguchi.kernel.search import tokens
from madoguchi.kernel.search.expressions import NEVER, But, Expression, either, every, holds, matching
from madoguchi.kernel.search.index import access_label
from madoguchi.kernel.search.marking import Marker, Piece
from madoguchi.kernel.search.models import Indexed
from madoguchi.kernel.search.questions import Question, parse
from madoguchi.kernel.search.sources import sources
from madoguchi.ui.words import LocalText

MOST = 100  # documents that are looked at; beyond that nobody reads
FEW = 3  # with fewer answers the near ones are shown, too
MOST_NEAR = 10
MOST_SUGGESTIONS = 7


@dataclass(frozen=True)
class Hit:
    """One document that was found, with the words that were looked for marked."""

    kind: str
    key: str
    url: str
    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    section_key: str


class Hits(Sequence[Hit]):
    """Documents in order; only those that are taken out are marked."""

    def __init__(self, rows: Sequence[Indexed], marker: Marker) -> None:
        self._rows = rows
        self._marker = marker

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        if isinstance(place, slice):
            return [_hit(row, self._marker) for row in self._rows[place]]
        return _hit(self._rows[place], self._marker)


@dataclass(frozen=True)
class Found:
    """The answers, the near ones, and how many of each kind; `is_cut` when there are more than were looked at."""

    hits: Sequence[Hit] = ()
    near: Sequence[Hit] = ()
    kinds: tuple[tuple[str, LocalText, int], ...] = ()
    is_cut: bool = False


def find(text: str, *, person: Any, kind: str = "") -> Found:
    """What `person` may see of what answers `text`, best first. `kind` keeps to one kind."""
    question = parse(text)
    if not question.chunks:
        return Found()
    scope = _Scope(person, kind)
    answers = scope.candidates(question.expression(head=True))
    if len(answers) < MOST:
        answers |= scope.candidates(question.expression(head=False))
    near = _near(question, scope, without=answers.keys()) if len(answers) < FEW else {}
    marker = Marker(question)
    order = _Order(question)
    ranked = order.best_first(answers.values())
    return Found(
        hits=Hits(ranked[:MOST], marker),
        near=Hits(_nearest_first(near, question)[:MOST_NEAR], marker),
        kinds=_kinds(ranked),
        is_cut=len(answers) >= MOST,
    )


def suggest(text: str, *, person: Any) -> Sequence[Hit]:
    """Documents with a name, or a word of it, that begins as `text` does; where those are few, also what answers it."""
    start = tokens.joined(text)[: tokens.LONGEST_BEGINNING]
    if not start:
        return []
    question = parse(text)
    scope = _Scope(person)
    found = scope.candidates("x" + start)
    if len(found) < MOST_SUGGESTIONS:
        found |= scope.candidates(question.expression(head=True))
    return Hits(_Order(question).best_first(found.values())[:MOST_SUGGESTIONS], Marker(question))


class _Scope:
    """Whose documents, of which kind."""

    def __init__(self, person: Any, kind: str = "") -> None:
        self._labels = _guarded_labels(person) if getattr(person, "is_staff_member", False) else []
        self._kind = tokens.label("k", kind) if kind else ""

    def candidates(self, wanted: Expression) -> dict[int, Indexed]:
        """Up to MOST documents that answer `wanted`. Two queries."""
        if self._kind:
            wanted = every([wanted, self._kind])
        if self._labels:
            wanted = every([wanted, either([access_label("", ""), *self._labels])])
        elif wanted != NEVER:
            wanted = But(wanted, tokens.GUARDED)
        ids = matching(wanted, MOST)
        return Indexed.objects.in_bulk(ids) if ids else {}


def _guarded_labels(person: Any) -> list[str]:
    """Of the guarded documents there are, those the person may see."""
    doors = Indexed.objects.exclude(permission="").values_list("permission", "section_key").distinct()
    return [access_label(*door) for door in doors if _is_open(person, *door)]


def _is_open(person: Any, permission: str, section: str) -> bool:
    if not section:
        return may(person, permission)
    sections = sections_with(person, permission)
    return sections is None or section in sections


def _near(question: Question, scope: _Scope, *, without: Iterable[int]) -> dict[int, Indexed]:
    """What sounds alike; then what holds some of the words."""
    found = scope.candidates(question.meant())
    if not found:
        for term in question.terms:
            found |= scope.candidates(term.expression(head=True))
        if len(found) < FEW:
            for term in question.terms:
                found |= scope.candidates(term.expression(head=False))
    return {pk: row for pk, row in found.items() if pk not in set(without)}


class _Order:
    """Best first: called just that, in the title, in a name or keyword, its words there, in the text."""

    def __init__(self, question: Question, *, by_sound: bool = False) -> None:
        self._chunks = question.chunks
        self._by_sound = by_sound  # also of titles in kanji; costs more
        self._weights = [
            weight
            for chunk in question.chunks
            for weight in (
                (8, chunk.whole()),
                (4, chunk.said(head=True)),
                (3, chunk.expression(head=True)),
                (1, chunk.said(head=False)),
            )
        ]
        self._kinds = {kind: place for place, kind in enumerate(sources())}

    def best_first(self, rows: Iterable[Indexed]) -> list[Indexed]:
        return sorted(rows, key=self._place)

    def _place(self, row: Indexed) -> tuple[int, int, int, int]:
        title = row.words["title"]["ja"]
        held = set(row.tokens.split())
        points = sum(weight for weight, expression in self._weights if holds(expression, held))
        points += 5 * sum(chunk.is_in(title, by_sound=self._by_sound) for chunk in self._chunks)
        return -points, self._kinds.get(row.kind, len(self._kinds)), len(title), row.pk


def _nearest_first(rows: dict[int, Indexed], question: Question) -> list[Indexed]:
    """A word that few of them have weighs more; in the name twice as much."""
    held = {pk: set(row.tokens.split()) for pk, row in rows.items()}
    points: Counter[int] = Counter()
    for term in question.terms:
        for head, weight in ((True, 2), (False, 1)):
            having = [pk for pk, found in held.items() if holds(term.expression(head=head), found)]
            for pk in having:
                points[pk] += weight * log(1 + len(rows) / len(having))  # type: ignore[assignment]
    order = _Order(question, by_sound=True)
    place = {row.pk: number for number, row in enumerate(order.best_first(rows.values()))}
    return sorted(rows.values(), key=lambda row: (-points[row.pk], place[row.pk]))


def _hit(row: Indexed, marker: Marker) -> Hit:
    return Hit(
        kind=row.kind,
        key=row.key,
        url=row.url,
        title=marker.marked(str(row.title)),
        summary=marker.marked(str(row.summary)),
        section_key=row.section_key,
    )


def _kinds(rows: list[Indexed]) -> tuple[tuple[str, LocalText, int], ...]:
    counts = Counter(row.kind for row in rows)
    return tuple((kind, source.name, counts[kind]) for kind, source in sources().items() if counts[kind])
