"""Indicators with their values: live from the services, or entered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from madoguchi.kernel.citydata.public import record
from madoguchi.kernel.evidence.public import Period, figure
from madoguchi.lib import wareki
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.models import Reading, Snapshot
from madoguchi.services.plan.pack import Indicator, Measure
from madoguchi.services.plan.queries.measures import all_measures, plans
from madoguchi.services.plan.queries.reports import indicators, rulebook
from madoguchi.services.plan.rules import indicators as rules


def period_of(item: Indicator, on: date) -> Period:
    """What a live value taken on a day covers."""
    if item.period == "half":
        return Period(HalfYear.of(on).first, on)
    return Period(date(wareki.fiscal_year(on), 4, 1), on)


def live_value(item: Indicator, on: date) -> float | None:
    """Counted now. None where the service knows none, or the figure is no longer given."""
    try:
        return figure(item.figure, period_of(item, on)).value
    except LookupError:
        return None


def entered(keys: Sequence[str]) -> dict[str, list[rules.Point]]:
    """Entered values by indicator, oldest first; of several on one day the newest entry. One query."""
    found: dict[str, dict[date, rules.Point]] = {key: {} for key in keys}
    for row in Reading.objects.filter(indicator_key__in=keys).order_by("on", "pk"):
        found[row.indicator_key][row.on] = rules.Point(row.on, float(row.value), row.source)
    return {key: list(points.values()) for key, points in found.items()}


def frozen_values(measure_keys: Iterable[str]) -> dict[str, list[rules.Point]]:
    """Live figures by indicator, as the fixed half-years of these measures hold them, oldest first. One query."""
    found: dict[str, list[rules.Point]] = {}
    rows = Snapshot.objects.filter(measure_key__in=set(measure_keys)).order_by("period__half")
    for body in rows.values_list("body", flat=True):
        for item in body["figures"]:
            if item["is_live"] and item["value"] is not None:
                point = rules.Point(date.fromisoformat(item["on"]), item["value"], item["source"])
                found.setdefault(item["key"], []).append(point)
    return found


@dataclass(frozen=True)
class Followed:
    """An indicator with everything a page shows of it."""

    item: Indicator
    points: list[rules.Point]  # oldest first; the last of a live figure was counted today
    age_days: int | None
    is_stale: bool
    path: list[tuple[HalfYear, float]]
    expected: float | None

    @property
    def last(self) -> rules.Point | None:
        return self.points[-1] if self.points else None


def followed(measure: Measure, today: date) -> list[Followed]:
    """The indicators of a measure."""
    return _follow([item for item in indicators() if item.measure == measure.key], today)


def all_followed(today: date) -> list[Followed]:
    """Every indicator. Five queries, and what it takes to count each live figure."""
    return _follow(indicators(), today)


def _follow(items: Sequence[Indicator], today: date) -> list[Followed]:
    if not items:
        return []
    book, began = rulebook(today), _first_halves()
    values = entered([item.key for item in items if not item.figure])
    fixed = frozen_values(item.measure for item in items if item.figure)
    return [_followed(item, values, fixed, first=began[item.measure], book=book, today=today) for item in items]


def _first_halves() -> dict[str, HalfYear]:
    """When the plan of every measure begins."""
    first = {plan.key: HalfYear.parse(plan.first_half) for plan in plans()}
    return {measure.key: first[measure.plan] for measure in all_measures()}


def _followed(item: Indicator, values: Any, fixed: Any, *, first: HalfYear, book: Any, today: date) -> Followed:
    if item.figure:
        points = [point for point in fixed.get(item.key, []) if point.on < today]
        if (value := live_value(item, today)) is not None:
            points = [*points, rules.Point(today, float(value), item.figure)]
    else:
        points = values[item.key]
    last = HalfYear.parse(item.target_half) if item.target_half else first
    path = rules.path(start=item.start, target=item.target, first=first, last=last)
    return Followed(
        item,
        points,
        rules.age_days(points, today),
        rules.is_stale(
            points,
            update_days=item.update_days,
            grace_days=book.stale_grace_days,
            expected_since=first.first - timedelta(days=1),
            today=today,
        ),
        path,
        rules.expected(path, today),
    )


def figures_at(measure: Measure, half: HalfYear) -> list[dict[str, Any]]:
    """Every indicator at the end of a half-year, for the snapshot: value, day, source, and how it is computed."""
    items = [item for item in indicators() if item.measure == measure.key]
    values = entered([item.key for item in items if not item.figure])
    return [_at(item, values, half.last) for item in items]


def _at(item: Indicator, values: dict[str, list[rules.Point]], on: date) -> dict[str, Any]:
    known = [point for point in values.get(item.key, []) if point.on <= on]
    value = live_value(item, on) if item.figure else (known[-1].value if known else None)
    return {
        "key": item.key,
        "name": item.name.ja,
        "unit": item.unit.ja,
        "value": None if value is None else float(value),
        "on": (on if item.figure or not known else known[-1].on).isoformat(),
        "is_live": bool(item.figure),
        "source": item.figure or (known[-1].source if known else ""),
        "target": item.target,
        "explanation": item.explanation.ja,
    }


def indicator(key: str) -> Indicator:
    """Raises: UnknownRecord (kernel/citydata)."""
    found: Indicator = record("plan.indicator", key)
    return found


def entered_keys(measure: Measure) -> list[Indicator]:
    """The indicators of a measure whose values people enter."""
    return [item for item in indicators() if item.measure == measure.key and not item.figure]
