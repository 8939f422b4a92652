"""What happened to the measures, as the rows have it that are only ever added to: one event a row, for everyone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Model, QuerySet

from madoguchi.services.plan.models import Baseline, Change, Decision, Evaluation, FollowUp, Snapshot

Kind = Literal["locked", "changed", "fixed", "decided", "settled", "evaluated"]


@dataclass(frozen=True)
class Event:
    """One thing that happened. `uid` names it for ever; `facts` are what its kind has to tell, never who did it."""

    uid: str  # changed-25-2
    kind: Kind
    at: datetime
    measure_key: str
    facts: Mapping[str, Any]


def events(measure_key: str = "", *, most: int | None = None) -> list[Event]:
    """Newest first, of one measure or of all; `most` of them. Six queries however many measures there are."""
    found = [
        event
        for read, rows, moment in _SOURCES
        for event in read(_some(rows.all(), rows.model, moment, measure_key, most))
    ]
    return sorted(found, key=lambda event: (event.at, event.uid), reverse=True)[:most]


def _some(
    rows: QuerySet[Any], model: type[Model], moment: str, measure_key: str, most: int | None
) -> QuerySet[Any, dict[str, Any]]:
    """The newest rows of one kind, of one measure where one is named."""
    own = "decision__measure_key" if model is FollowUp else "measure_key"
    if measure_key:
        rows = rows.filter(**{own: measure_key})
    return rows.order_by(f"-{moment}", "-pk")[:most]


def _locked(rows: QuerySet[Baseline]) -> Iterator[Event]:
    for key, at, digest in rows.values_list("measure_key", "locked_at", "digest"):
        yield Event(f"locked-{key}", "locked", at, key, {"digest": digest})


def _changed(rows: QuerySet[Change]) -> Iterator[Event]:
    for row in rows.values("measure_key", "number", "made_at", "reason", "is_major", "after_lock"):
        key, at = row.pop("measure_key"), row.pop("made_at")
        yield Event(f"changed-{key}-{row['number']}", "changed", at, key, row)


def _fixed(rows: QuerySet[Snapshot]) -> Iterator[Event]:
    found = rows.values_list("measure_key", "frozen_at", "period__half", "body__standing", "digest")
    for key, at, half, standing, digest in found:
        facts = {"half": half, "state": standing["measure_state"], **standing["progress"], "digest": digest}
        yield Event(f"fixed-{key}-{half}", "fixed", at, key, facts)


def _decided(rows: QuerySet[Decision]) -> Iterator[Event]:
    for row in rows.values("pk", "measure_key", "recorded_at", "text", "due_on", "meeting__title", "meeting__held_on"):
        facts = {
            "text": row["text"],
            "due_on": row["due_on"],
            "meeting": row["meeting__title"],
            "held_on": row["meeting__held_on"],
        }
        yield Event(f"decided-{row['pk']}", "decided", row["recorded_at"], row["measure_key"], facts)


def _settled(rows: QuerySet[FollowUp]) -> Iterator[Event]:
    """A decision that its section says is done."""
    for row in rows.values("pk", "decision__measure_key", "written_at", "text", "decision__text"):
        facts = {"text": row["text"], "decision": row["decision__text"]}
        yield Event(f"settled-{row['pk']}", "settled", row["written_at"], row["decision__measure_key"], facts)


def _evaluated(rows: QuerySet[Evaluation]) -> Iterator[Event]:
    for key, at, frozen, digest in rows.values_list("measure_key", "confirmed_at", "frozen", "digest"):
        facts = {"grades": frozen["grades"], "rulebook": frozen["rulebook"], "digest": digest}
        yield Event(f"evaluated-{key}", "evaluated", at, key, facts)


# how the rows of a model become events, which rows, and the field that says when
_SOURCES: tuple[tuple[Any, Any, str], ...] = (
    (_locked, Baseline.objects, "locked_at"),
    (_changed, Change.objects, "made_at"),
    (_fixed, Snapshot.objects, "frozen_at"),
    (_decided, Decision.objects, "recorded_at"),
    (_settled, FollowUp.objects.filter(is_done=True), "written_at"),
    (_evaluated, Evaluation.objects.exclude(confirmed_at=None), "confirmed_at"),
)
