"""The city's systems, when they are renewed, and what holds for their dates."""

from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from madoguchi.kernel.citydata.public import PackModel, PackRecord, SectionKey
from madoguchi.lib.expressions import Expression
from madoguchi.services.plan.pack.halves import Month, known, split
from madoguchi.ui.words import LocalText

# What a rule of renewal may speak of: months counted from year 0, fiscal years, and what follows from them.
RENEWAL_VARIABLES = (
    "current_end",
    "study_start",
    "next_start",
    "study_fy",
    "procurement_fy",
    "start_fy",
    "extension_months",
    "lead_months",
    "needs_start",  # the latest start among the systems it needs, its own where it needs none
    "same_section_procurements",  # systems of the section procured in the same fiscal year, itself included
    "plan_first_fy",
    "plan_last_fy",
)
SystemKey = Annotated[str, known("plan.system", "plan/systems.csv")]


class System(PackRecord):
    """庁内システムの更新計画: one row of 表1. Months as YYYY-MM, the procurement year is a fiscal year.

    The order of the months is not checked here: a printed row may contradict itself, `RenewalRule` says so.
    """

    number: int
    name: str
    section: SectionKey
    current_end: Month
    study_start: Month
    procurement_fy: int = Field(ge=1989, le=2100)
    next_start: Month
    needs: Annotated[tuple[SystemKey, ...], BeforeValidator(split)] = ()  # must run before this one starts
    note: str = ""


class RenewalException(PackModel):
    """A system the plan itself lets off a rule, and why."""

    system: SystemKey
    reason: str


class RenewalRule(PackRecord):
    """What holds for the dates of a system: CEL over `RENEWAL_VARIABLES`."""

    text: LocalText
    holds: Expression
    exceptions: tuple[RenewalException, ...] = ()

    @field_validator("holds")
    @classmethod
    def _only_known_names(cls, holds: Expression) -> Expression:
        if unknown := holds.names() - set(RENEWAL_VARIABLES):
            raise ValueError(f"uses {', '.join(sorted(unknown))}; known are {', '.join(RENEWAL_VARIABLES)}")
        return holds
