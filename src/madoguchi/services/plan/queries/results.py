"""What became of the measures, as everyone sees it: only what was fixed, and how long nothing was heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from madoguchi.services.plan.models import Baseline, Evaluation, Period, Snapshot, Step
from madoguchi.services.plan.pack import Outline
from madoguchi.services.plan.rules import reports as rules


@dataclass(frozen=True)
class Result:
    """A measure in the newest period: whether its report is in, and where it stood in the last fixed half-year."""

    half: str  # the newest period
    is_fixed: bool  # its report was checked and fixed
    is_in: bool  # handed in, still being checked
    silent_days: int  # days since the report was due, 0 when it is in or not due yet
    fixed_half: str = ""  # the half-year of the three below; empty: nothing was fixed yet
    state: rules.StepState = "waiting"
    progress: rules.Progress | None = None


def results(today: date, plan: Outline) -> dict[str, Result]:
    """Every measure of a plan, by key; empty before its first period. Four queries however many there are."""
    newest = Period.objects.filter(half__range=(plan.first_half, plan.last_half)).order_by("-half").first()
    if newest is None:
        return {}
    rows = _last_snapshots().values_list("measure_key", "period__half", "body__standing")
    fixed = {key: (half, standing) for key, half, standing in rows}
    states = newest.reports.values_list("measure_key", "state")
    return {key: _result(newest, state, fixed.get(key), today) for key, state in states}


def _result(newest: Period, state: str, fixed: tuple[str, Mapping[str, Any]] | None, today: date) -> Result:
    found = {
        "half": newest.half,
        "is_fixed": state == "fixed",
        "is_in": state not in (*rules.WRITABLE, "fixed"),
        "silent_days": rules.days_overdue(state, newest.due_on, today),
    }
    if fixed is None:
        return Result(**found)
    half, standing = fixed
    return Result(
        **found,
        fixed_half=half,
        state=standing["measure_state"],
        progress=rules.Progress(**standing["progress"]),
    )


def late_lines(keys: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Title and reason of every late step in the last fixed report of these measures. Two queries."""
    rows = _last_snapshots().filter(measure_key__in=keys).values_list("measure_key", "body__lines")
    return {key: [(line["title"], line["reason"]) for line in lines if line["state"] == "late"] for key, lines in rows}


def _last_snapshots() -> QuerySet[Snapshot]:
    """Of every measure the newest one that was fixed. Asked for by id: a subquery a row takes ten times as long."""
    newest = dict(Snapshot.objects.order_by("period__half").values_list("measure_key", "pk"))
    return Snapshot.objects.filter(pk__in=newest.values())


def last_fixed(key: str) -> dict[str, Any] | None:
    """The newest fixed report of a measure."""
    found = Snapshot.objects.filter(measure_key=key).order_by("-period__half")
    return found.values_list("body", flat=True).first()


def planned(key: str) -> dict[str, tuple[str, str]]:
    """The half-years of a measure's steps as scheduled now."""
    rows = Step.objects.filter(measure_key=key).values_list("key", "planned_first", "planned_last")
    return {step: (first, last) for step, first, last in rows}


def baseline(key: str) -> Baseline | None:
    return Baseline.objects.filter(measure_key=key).first()


def confirmed_evaluation(key: str) -> Evaluation | None:
    return Evaluation.objects.filter(measure_key=key).exclude(confirmed_at=None).first()
