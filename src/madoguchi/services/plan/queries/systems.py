"""The city's systems with what follows from their dates."""

import hashlib
from dataclasses import dataclass

from madoguchi.kernel.accounts.public import Person, sections_with
from madoguchi.kernel.citydata.public import records
from madoguchi.services.plan import rules
from madoguchi.services.plan.pack import System
from madoguchi.services.plan.queries.measures import outline, section_names
from madoguchi.services.plan.rules import renewal
from madoguchi.ui.words import LocalText


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
