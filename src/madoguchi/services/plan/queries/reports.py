"""Periods, reports and their lines; what a measure promises now."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import Http404

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.citydata.public import UnknownRecord, record, records
from madoguchi.services.plan import access
from madoguchi.services.plan.models import Baseline, Change, Line, Period, Report, Step
from madoguchi.services.plan.pack import Indicator, Measure, Rulebook
from madoguchi.services.plan.queries.measures import all_measures
from madoguchi.services.plan.rules import reports as rules
from madoguchi.services.plan.rules import timetable

Promise = dict[str, Any]
# with their steps in one query, in order: thousands of lines are more than one list of keys may hold
LINES = Prefetch("lines", Line.objects.select_related("step").order_by("step__position"))


def rulebook(on: date) -> Rulebook:
    return timetable.book_on(records("plan.rulebook"), on)


def measure(key: str) -> Measure:
    """Raises: Http404."""
    try:
        found: Measure = record("plan.measure", key)
    except UnknownRecord as error:
        raise Http404 from error
    return found


def periods() -> list[Period]:
    """Newest first."""
    return list(Period.objects.order_by("-half"))


def period(half: str) -> Period:
    """Raises: Http404."""
    found = Period.objects.filter(half=half).first()
    if found is None:
        raise Http404
    return found


def report(person: Person, half: str, key: str) -> Report:
    """With its lines. Raises: Http404 where there is none, or none this person may see."""
    if not access.may_view(person, measure(key)):
        raise Http404
    found = (
        Report.objects.filter(period__half=half, measure_key=key)
        .select_related("period", "submitted_by", "checked_by")
        .prefetch_related(LINES)
        .first()
    )
    if found is None:
        raise Http404
    return found


def reports_of(person: Person, half: Period) -> list[tuple[Measure, Report]]:
    """The reports of a period this person may see, in order of measure. Two queries."""
    by_key = {found.measure_key: found for found in half.reports.select_related("period").prefetch_related(LINES)}
    return [
        (found, by_key[found.key]) for found in all_measures() if found.key in by_key and access.may_view(person, found)
    ]


def baseline_promise(key: str) -> Promise | None:
    """What was locked when work began; None while it has not begun."""
    return Baseline.objects.filter(measure_key=key).values_list("body", flat=True).first()


def baselines() -> list[Baseline]:
    """Every locked promise, without the names of who locked it."""
    return list(Baseline.objects.only("measure_key", "body"))


def indicators() -> list[Indicator]:
    return list(records("plan.indicator"))


def promise(found: Measure, *, steps: Iterable[Step] | None = None) -> Promise:
    """Schedule, effect items and estimate as they stand now: from the steps, and the last change or the pack."""
    rows = Step.objects.filter(measure_key=found.key) if steps is None else steps
    last = Change.objects.filter(measure_key=found.key).order_by("-number").values_list("after", flat=True).first()
    body = last or {
        "effects": [effect_of(item) for item in indicators() if item.measure == found.key],
        "estimate_thousand_yen": found.estimate_thousand_yen,
    }
    return {
        "schedule": [
            {
                "key": step.key,
                "title": step.title,
                "first": step.planned_first,
                "last": step.planned_last,
                "withdrawn": step.withdrawn_on is not None,
            }
            for step in rows
        ],
        "effects": body["effects"],
        "estimate_thousand_yen": body["estimate_thousand_yen"],
    }


def effect_of(item: Indicator) -> dict[str, Any]:
    """An indicator as an effect item of a promise."""
    return {
        "key": item.key,
        "name": item.name.ja,
        "unit": item.unit.ja,
        "direction": item.direction,
        "start": item.start,
        "target": item.target,
        "target_half": item.target_half,
    }


def bars_of(body: Promise | None) -> dict[str, tuple[str, str]]:
    """The planned half-years of a promise by key of step."""
    return {step["key"]: (step["first"], step["last"]) for step in body["schedule"]} if body else {}


def facts(line: Line, original: Mapping[str, tuple[str, str]]) -> rules.Facts:
    """What a line says about its step; `original` are the bars of the baseline."""
    step = line.step
    planned = (step.planned_first, step.planned_last)
    return rules.Facts(
        planned_first=step.planned_first,
        planned_last=step.planned_last,
        started_on=line.started_on,
        finished_on=line.finished_on,
        withdrawn_on=step.withdrawn_on,
        is_changed=bool(original) and original.get(step.key, ("", "")) != planned,
    )
