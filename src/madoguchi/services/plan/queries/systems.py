"""The city's systems with what follows from their dates."""

from dataclasses import dataclass

from madoguchi.kernel.citydata.public import records
from madoguchi.services.plan import rules
from madoguchi.services.plan.pack import System
from madoguchi.services.plan.queries.measures import section_names
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


def sections_with_systems() -> set[str]:
    return {system.section for system in records("plan.system")}
