"""What the plan's pages and data show."""

import hashlib
from dataclasses import dataclass
from datetime import date

from madoguchi.kernel.accounts.public import Person, sections_with
from madoguchi.kernel.citydata.public import record, records
from madoguchi.kernel.evidence.public import Measured, Period, of_measure
from madoguchi.kernel.registry.public import services
from madoguchi.lib import wareki
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import renewal, rules
from madoguchi.services.plan.pack import DemandItem, Measure, Outline, Peer, PlanField, Survey, System
from madoguchi.ui.words import LocalText


def outline() -> Outline:
    found: Outline = record("plan.outline", "plan")
    return found


def measures() -> list[Measure]:
    return sorted(records("plan.measure"), key=lambda measure: measure.number)


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


@dataclass(frozen=True)
class RankedItem:
    """An asked item with its recomputed mean, its rank by it, and how many answered."""

    item: DemandItem
    weighted_mean: float
    rank: int
    answered: int
    of: int


def demand(survey: Survey) -> list[RankedItem]:
    """The asked items of a survey, most wanted first."""
    return [
        RankedItem(item, rules.weighted_mean(item.counts), rank, rules.answered(item.counts), len(survey.demand))
        for rank, item in enumerate(rules.ranked(survey.demand), 1)
    ]


def surveys() -> list[Survey]:
    return list(records("plan.survey"))


def demand_for(measure: Measure) -> list[RankedItem]:
    """What residents said about this measure, in every survey."""
    return [found for survey in surveys() for found in demand(survey) if found.item.key in measure.survey_items]


@dataclass(frozen=True)
class SystemRow:
    """A system with its section's name and what follows from its dates."""

    system: System
    section: LocalText
    extension_months: int
    lead_months: int


def systems() -> list[SystemRow]:
    names = section_names()
    return [
        SystemRow(system, names[system.section], rules.extension_months(system), rules.lead_months(system))
        for system in sorted(records("plan.system"), key=lambda system: system.number)
    ]


def system_checks() -> renewal.Verdicts:
    """What every rule of renewal says of every system, by key."""
    return renewal.check(records("plan.system"), records("plan.renewal_rule"), outline())


def systems_digest() -> str:
    """A digest of the whole table, to notice that somebody else changed it."""
    text = "\n".join(system.model_dump_json() for system in records("plan.system"))
    return hashlib.sha256(text.encode()).hexdigest()


def systems_of(person: Person) -> list[System]:
    """The systems of the sections in which a person may look at the renewal, in order of number."""
    sections = sections_with(person, "plan.system.view")
    found = sorted(records("plan.system"), key=lambda system: system.number)
    return [system for system in found if sections is None or system.section in sections]


def sections_with_systems() -> set[str]:
    return {system.section for system in records("plan.system")}


@dataclass(frozen=True)
class PeerRow:
    """One compared item, oldest year first."""

    item: str
    years: list[Peer]

    @property
    def latest(self) -> Peer:
        return self.years[-1]


def peers() -> list[PeerRow]:
    """Every municipality's share beside this city, in the order in which the items first appear."""
    rows: dict[str, list[Peer]] = {}
    for peer in records("plan.peer"):
        rows.setdefault(peer.item, []).append(peer)
    return [PeerRow(item, sorted(found, key=lambda peer: peer.year)) for item, found in rows.items()]
