"""The inbox: what waits for staff, of every service in one order, earliest due date first.

A service gives queues. A queue counts, narrows and orders where its rows are; only the matters that stand on the page
are loaded.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol, get_args

from django.db.models import Count, DateField, F, Q, QuerySet, Value

from madoguchi.lib import clock

SOON = timedelta(days=3)
Due = Literal["", "late", "today", "soon", "none"]
Whose = Literal["", "mine", "free"]
DUE: tuple[Due, ...] = get_args(Due)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One line of the inbox."""

    key: int
    title: str
    state: str
    url: str
    section_key: str = ""
    since: date | datetime | None = None
    due_on: date | None = None
    holder_id: int | None = None  # who has taken it
    holder: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks on which day, and what narrows the list."""

    person_id: int
    today: date
    due: Due = ""
    whose: Whose = ""
    section: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many there are of each due date and of one's own, everything else as asked; and how many are listed."""

    all: int = 0
    late: int = 0
    today: int = 0
    soon: int = 0
    none: int = 0
    mine: int = 0
    listed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{name: count + getattr(other, name) for name, count in vars(self).items()})


@dataclass(frozen=True, order=True)
class Place:
    """Where a matter stands in the order of all queues."""

    due_on: date
    since: datetime
    queue: str
    key: int


class Queue(Protocol):
    """Matters of one kind. `places` are the first `most` of the list in order; `matters` come in any order."""

    key: str
    kind: str

    def tally(self, asked: Asked) -> Tally: ...
    def places(self, asked: Asked, most: int) -> list[Place]: ...
    def matters(self, keys: Sequence[int]) -> Iterable[Matter]: ...


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A queue in a table: `due`, `since`, `section` and `holder` name its columns, `find` says what a text means here.

    At most three queries, however many rows there are.
    """

    key: str
    kind: str
    rows: QuerySet[Any]
    load: Callable[[Sequence[int]], Iterable[Matter]]
    find: Callable[[str], Q]
    since: str
    due: str = ""
    section: str = ""
    holder: str = ""

    def tally(self, asked: Asked) -> Tally:
        due: dict[Due, Q] = {name: self._due(name, asked.today) for name in DUE}
        whose = self._whose(asked.whose, asked.person_id)
        conditions: dict[str, Q] = {
            **{name or "all": condition & whose for name, condition in due.items()},
            "mine": due[asked.due] & self._whose("mine", asked.person_id),
            "listed": due[asked.due] & whose,
        }
        counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
        return Tally(**self._narrowed(asked).order_by().aggregate(**counts))

    def places(self, asked: Asked, most: int) -> list[Place]:
        listed = self._due(asked.due, asked.today) & self._whose(asked.whose, asked.person_id)
        found = self._narrowed(asked).filter(listed)
        first = [F(self.due).asc(nulls_last=True)] if self.due else []
        due = F(self.due) if self.due else Value(None, output_field=DateField())
        rows = found.order_by(*first, F(self.since), F("pk")).values_list(due, self.since, "pk")[:most]
        return [Place(due_on or date.max, _moment(since), self.key, pk) for due_on, since, pk in rows]

    def matters(self, keys: Sequence[int]) -> Iterable[Matter]:
        return self.load(keys)

    def _narrowed(self, asked: Asked) -> QuerySet[Any]:
        found = self.rows.filter(self.find(asked.text)) if asked.text else self.rows
        if asked.section:
            found = found.filter(**{self.section: asked.section}) if self.section else found.none()
        return found

    def _due(self, due: Due, today: date) -> Q:
        if not due:
            return Q()
        if not self.due:
            return Q() if due == "none" else NOTHING
        until: dict[str, dict[str, Any]] = {
            "late": {f"{self.due}__lt": today},
            "today": {self.due: today},
            "soon": {f"{self.due}__range": (today, today + SOON)},
            "none": {self.due: None},
        }
        return Q(**until[due])

    def _whose(self, whose: Whose, person_id: int) -> Q:
        if not whose:
            return Q()
        if not self.holder:
            return Q() if whose == "free" else NOTHING
        return Q(**{self.holder: person_id if whose == "mine" else None})


NOTHING = Q(pk__in=[])


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A queue of matters that are worked out rather than stored, and few."""

    key: str
    kind: str
    found: Sequence[Matter]

    def tally(self, asked: Asked) -> Tally:
        def count(due: Due, whose: Whose) -> int:
            return sum(_is_due(one, due, asked.today) and _is_of(one, whose, asked.person_id) for one in narrowed)

        narrowed = self._narrowed(asked)
        return Tally(
            mine=count(asked.due, "mine"),
            listed=count(asked.due, asked.whose),
            **{due or "all": count(due, asked.whose) for due in DUE},
        )

    def places(self, asked: Asked, most: int) -> list[Place]:
        found = sorted(
            Place(one.due_on or date.max, _moment(one.since), self.key, one.key)
            for one in self._narrowed(asked)
            if _is_due(one, asked.due, asked.today) and _is_of(one, asked.whose, asked.person_id)
        )
        return found[:most]

    def matters(self, keys: Sequence[int]) -> Iterable[Matter]:
        wanted = set(keys)
        return [one for one in self.found if one.key in wanted]

    def _narrowed(self, asked: Asked) -> list[Matter]:
        return [
            one
            for one in self.found
            if asked.text.lower() in one.title.lower() and asked.section in {"", one.section_key}
        ]


def _is_due(matter: Matter, due: Due, today: date) -> bool:
    day = matter.due_on
    if not due:
        return True
    if day is None or due == "none":
        return day is None and due == "none"
    return day < today if due == "late" else day == today if due == "today" else today <= day <= today + SOON


def _is_of(matter: Matter, whose: Whose, person_id: int) -> bool:
    return not whose or matter.holder_id == (person_id if whose == "mine" else None)


def _moment(since: date | datetime | None) -> datetime:
    """A day as its first moment, so that days and moments stand in one order; without either last."""
    if isinstance(since, datetime):
        return since
    return clock.start_of(since or date.max)
