"""What is computed from the plan: weighted means, totals, extension months, places of bars and marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from madoguchi.lib.halfyear import HalfYear

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import Bar, DemandCounts, DemandItem, Measure, Response, Survey, System, Task

GOALS = ("service", "information", "efficiency")
BEST_POINTS = 4

# What a half-year of a measure is: planned, after the start of a bar without an end, without a bar, or not stated.
Mark = Literal["planned", "open", "none", "unknown"]


def answered(counts: "DemandCounts") -> int:
    """How many gave one of the four answers."""
    return counts.strongly + counts.rather + counts.rather_other + counts.other


def weighted_mean(counts: "DemandCounts") -> float:
    """加重平均 of 4, 3, 2, 1 points, to four decimals; no-answers are left out (表5 of the plan)."""
    points = 4 * counts.strongly + 3 * counts.rather + 2 * counts.rather_other + counts.other
    return round(points / answered(counts), 4)


def ranked(items: Iterable["DemandItem"]) -> list["DemandItem"]:
    """Highest weighted mean first."""
    return sorted(items, key=lambda item: -weighted_mean(item.counts))


def bands(survey: "Survey") -> list["Response"]:
    """The rows of the response table that are an age band: neither the total nor the unknown."""
    return [row for row in survey.response if row.percent is not None and row.sent != survey.sent]


def percent(part: float, whole: float) -> float:
    """To one decimal, as the plan prints shares; 0 of nothing is 0."""
    return round(100 * part / whole, 1) if whole else 0.0


def goal_totals(measures: Iterable["Measure"]) -> dict[str, int]:
    """How many measures carry each goal flag."""
    found = list(measures)
    return {goal: sum(getattr(measure.goals, goal) for measure in found) for goal in GOALS}


def field_totals(measures: Iterable["Measure"]) -> dict[str, int]:
    """How many measures each field holds."""
    totals: dict[str, int] = {}
    for measure in measures:
        totals[measure.field] = totals.get(measure.field, 0) + 1
    return totals


def month_number(month: str) -> int:
    """Months since year 0, so that differences are months."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def fiscal_year_of(month: str) -> int:
    """年度 of a month written 2021-07."""
    return int(month[:4]) if int(month[5:]) >= 4 else int(month[:4]) - 1


def extension_months(system: "System") -> int:
    """Months in which the present system must be extended until the next one starts; 0 when it joins or overlaps."""
    return max(0, month_number(system.next_start) - month_number(system.current_end) - 1)


def lead_months(system: "System") -> int:
    """Months from the beginning of the study to the start of the next system."""
    return month_number(system.next_start) - month_number(system.study_start)


@dataclass(frozen=True)
class Places:
    """A bar by the places of its half-years, counted from the plan's first; `last` None is an open end."""

    first: int
    last: int | None


def places(bars: Iterable["Bar"], first: HalfYear) -> list[Places]:
    """Where bars lie on the plan's line of half-years."""

    def place(half: str) -> int:
        found = HalfYear.parse(half)
        return (found.year - first.year) * 2 + found.half - first.half

    return [Places(place(bar.first), place(bar.last) if bar.last else None) for bar in bars]


def marks(tasks: Sequence["Task"], halves: Sequence[HalfYear]) -> list[Mark]:
    """One mark a half-year for all tasks together. Where a task states no time, an empty half-year is unknown."""
    blank: Mark = "unknown" if not tasks or any(task.planned is None for task in tasks) else "none"
    found: list[Mark] = [blank] * len(halves)
    all_places = [place for task in tasks for place in places(task.planned or (), halves[0])]
    for bar in all_places:
        if bar.last is None:
            found[bar.first + 1 :] = ["open"] * (len(halves) - bar.first - 1)
    for bar in all_places:
        end = bar.first if bar.last is None else bar.last
        found[bar.first : end + 1] = ["planned"] * (end - bar.first + 1)
    return found
