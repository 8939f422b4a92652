"""The plan, its measures and their live figures."""

from dataclasses import dataclass
from datetime import date

from madoguchi.kernel.citydata.public import record, records
from madoguchi.kernel.evidence.public import Measured, Period, of_measure
from madoguchi.kernel.registry.public import services
from madoguchi.lib import clock, wareki
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.pack import Measure, Outline, PlanField
from madoguchi.services.plan.rules import generations
from madoguchi.ui.words import LocalText


def plans() -> list[Outline]:
    """Every published plan, oldest first."""
    return sorted(records("plan.outline"), key=lambda plan: plan.first_half)


def outline() -> Outline:
    """The plan in force: the newest that has begun, or the first where none has."""
    return generations.in_force(plans(), clock.today())


def plan_of(measure: Measure) -> Outline:
    found: Outline = record("plan.outline", measure.plan)
    return found


def plan_of_half(half: HalfYear) -> Outline:
    """The plan whose measures are reported for a half-year; where none has it, the plan in force."""
    return generations.of_half(plans(), half) or outline()


def all_measures() -> list[Measure]:
    """Of every published plan, oldest plan first, in order of number."""
    order = {plan.key: place for place, plan in enumerate(plans())}
    return sorted(records("plan.measure"), key=lambda measure: (order[measure.plan], measure.number))


def measures(plan: Outline | None = None) -> list[Measure]:
    """Of one plan, in order of number; without one named, of the plan in force."""
    key = (plan or outline()).key
    return [measure for measure in all_measures() if measure.plan == key]


def section_names() -> dict[str, LocalText]:
    return {section.key: section.name for section in records("section")}


@dataclass(frozen=True)
class FieldGroup:
    """The measures of one field of the plan; `field` None gathers those whose field the plan does not list."""

    field: PlanField | None
    measures: list[Measure]


def by_field(plan: Outline, found: list[Measure]) -> list[FieldGroup]:
    """Every measure stands in exactly one group."""
    listed = {item.key for item in plan.fields}
    groups = [FieldGroup(item, [measure for measure in found if measure.field == item.key]) for item in plan.fields]
    others = [measure for measure in found if measure.field not in listed]
    return [*groups, FieldGroup(None, others)] if others else groups


def fiscal_period(today: date) -> Period:
    """This fiscal year up to today: the period of live figures."""
    return Period(date(wareki.fiscal_year(today), 4, 1), today)


def live_figures(measure: Measure, today: date) -> list[Measured]:
    return of_measure(measure.key, fiscal_period(today))


def measured_keys() -> set[str]:
    """Keys of the measures for which some service gives figures."""
    return {key for service in services() for figure in service.evidence for key in figure.measures}


def half_years(plan: Outline) -> list[HalfYear]:
    first, last = HalfYear.parse(plan.first_half), HalfYear.parse(plan.last_half)
    return list(first.through(last))
