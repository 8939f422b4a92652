"""Dated values by staff: a new value from a day on, or the correction of one. The revision before stays as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata.actions import revise
from madoguchi.kernel.citydata.models import Record, Revision
from madoguchi.kernel.citydata.queries import current
from madoguchi.kernel.citydata.schemas import Parameter, Value
from madoguchi.lib.errors import CitizenError

KIND = "parameter"


class ChangedMeanwhile(CitizenError):
    """Somebody else changed the parameter since the page was opened. Staff read Japanese."""

    code = "citydata.changed_meanwhile"

    def __init__(self) -> None:
        super().__init__(
            what="画面を開いたあとに、ほかの職員がこの値を改めました。",
            next_step="いまの値を見てから、もう一度入力してください。",
        )


class DayTaken(CitizenError):
    """Another value begins on that day already."""

    code = "citydata.day_taken"

    def __init__(self) -> None:
        super().__init__(
            what="その日から始まる値が、すでにあります。",
            next_step="日付を変えるか、その値の「訂正」で改めてください。",
        )


@dataclass(frozen=True)
class Stretch:
    """A value and the days it holds: to the day before the next, or without an end."""

    value: Value
    until: date | None

    @property
    def since(self) -> date:
        return self.value.since


def stretches(parameter: Parameter) -> list[Stretch]:
    ends = [value.since - timedelta(days=1) for value in parameter.values[1:]]
    return [Stretch(value, until) for value, until in zip(parameter.values, [*ends, None], strict=True)]


def with_value(parameter: Parameter, new: Value, *, instead_of: date | None = None) -> Parameter:
    """The parameter with one value more, or with `new` instead of the one that began that day. Raises: DayTaken."""
    others = [value for value in parameter.values if value.since != instead_of]
    if any(value.since == new.since for value in others):
        raise DayTaken
    values = [value.model_dump(by_alias=True) for value in sorted([*others, new], key=lambda value: value.since)]
    return Parameter.model_validate(parameter.model_dump(by_alias=True) | {"values": values})


@transaction.atomic
def set_value(
    key: str, new: Value, *, reason: str, seen: int, actor: models.Model, instead_of: date | None = None
) -> Revision:
    """Add or correct a value; `seen` is the number of the revision its writer looked at.

    Raises: UnknownRecord, ChangedMeanwhile, DayTaken.
    """
    Record.objects.select_for_update().filter(kind=KIND, key=key).first()
    now = current(KIND, key)
    if now.number != seen:
        raise ChangedMeanwhile
    return revise(KIND, key, with_value(now.content, new, instead_of=instead_of), actor=actor, reason=reason)


@dataclass(frozen=True)
class Step:
    """One revision in words: who made it (empty: the pack), why, and which values it brought or took away."""

    revision: Revision
    actor: str
    brought: list[Value]
    took: list[Value]


def steps(key: str) -> Iterator[Step]:
    """The history of a parameter, newest first."""
    revisions = list(
        Revision.objects.filter(record__kind=KIND, record__key=key).select_related("record").order_by("number")
    )
    actors = _actors(revisions)
    before: list[Value] = []
    found = []
    for revision in revisions:
        now = list(revision.content.values)
        brought, took = [one for one in now if one not in before], [one for one in before if one not in now]
        found.append(Step(revision, actors.get(revision.number, ""), brought, took))
        before = now
    return reversed(found)


def _actors(revisions: list[Revision]) -> dict[int, Any]:
    """Who made which revision, as the trail has it."""
    if not revisions:
        return {}
    lines = history(revisions[0].record).filter(verb="citydata.record.revised")
    return {line.detail["number"]: line.actor for line in lines}
