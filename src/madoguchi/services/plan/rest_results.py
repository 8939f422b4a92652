"""What became of the plan as open data: where the measures stand, what happened, what the indicators say.

Keys of measures, half-years and ids of events are the same in every answer and stay the same for ever.
"""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema

from madoguchi.lib import clock
from madoguchi.services.plan import queries
from madoguchi.services.plan.queries import evidence, results
from madoguchi.services.plan.queries.story import Event, Kind, events
from madoguchi.services.plan.rules.reports import StepState

router = Router(tags=["plan"])
PUBLIC = None  # open data: no authentication


class ResultOut(Schema):
    """A measure in the newest half-year (`half`). `fixed_half` null: no report was fixed yet, nothing else is known."""

    measure: str
    half: str
    silent_days: int  # days since its report was due; 0 when it is in or not due
    fixed_half: str | None
    state: StepState | None
    steps_done: int | None
    steps_due: int | None
    steps: int | None


class ResultList(Schema):
    items: list[ResultOut]
    source: str


class EventOut(Schema):
    """Something that happened to a measure. `text`: reason or decision as written, in Japanese."""

    id: str
    kind: Kind
    at: datetime
    measure: str
    half: str | None
    state: StepState | None
    text: str
    digest: str | None  # SHA-256 of what was fixed


class EventList(Schema):
    items: list[EventOut]
    source: str


class PointOut(Schema):
    on: date
    value: float
    source: str


class IndicatorOut(Schema):
    """An indicator with its values, oldest first; the last of a live figure was counted today."""

    key: str
    measure: str
    name: str
    unit: str
    target: float | None
    target_half: str | None
    values: list[PointOut]
    source: str


class IndicatorList(Schema):
    items: list[IndicatorOut]
    source: str


@router.get("/results", auth=PUBLIC, response=ResultList)
def list_results(request: HttpRequest) -> ResultList:  # noqa: ARG001
    """Where every measure stands; empty before the first half-year is reported."""
    plan = queries.outline()
    found = results.results(clock.today(), plan)
    items = [_result(measure.key, found[measure.key]) for measure in queries.measures(plan) if measure.key in found]
    return ResultList(items=items, source=plan.source)


def _result(key: str, row: results.Result) -> ResultOut:
    progress = row.progress
    return ResultOut(
        measure=key,
        half=row.half,
        silent_days=row.silent_days,
        fixed_half=row.fixed_half or None,
        state=row.state if row.fixed_half else None,
        steps_done=progress.done if progress else None,
        steps_due=progress.due if progress else None,
        steps=progress.total if progress else None,
    )


@router.get("/events", auth=PUBLIC, response=EventList)
def list_events(
    request: HttpRequest,  # noqa: ARG001
    measure: str = Query("", pattern="^[a-z0-9-]*$", max_length=80),
) -> EventList:
    """Plans locked, changes with their reason, reports fixed, decisions, evaluations: newest first."""
    return EventList(items=[_event(event) for event in events(measure)], source=queries.outline().source)


def _event(event: Event) -> EventOut:
    facts = event.facts
    return EventOut(
        id=event.uid,
        kind=event.kind,
        at=event.at,
        measure=event.measure_key,
        half=facts.get("half"),
        state=facts.get("state"),
        text=facts.get("text") or facts.get("reason", ""),
        digest=facts.get("digest"),
    )


@router.get("/indicators", auth=PUBLIC, response=IndicatorList)
def list_indicators(request: HttpRequest) -> IndicatorList:  # noqa: ARG001
    """Every indicator of the measures, with its values and their sources."""
    items = [
        IndicatorOut(
            key=found.item.key,
            measure=found.item.measure,
            name=str(found.item.name),
            unit=str(found.item.unit),
            target=found.item.target,
            target_half=found.item.target_half,
            values=[PointOut(on=point.on, value=point.value, source=point.source) for point in found.points],
            source=found.item.source,
        )
        for found in evidence.all_followed(clock.today())
    ]
    return IndicatorList(items=items, source=queries.outline().source)
