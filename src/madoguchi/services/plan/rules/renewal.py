"""更新計画: what the rules say of the systems, what is due when, and what a moved date would break."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.rules.systems import extension_months, fiscal_year_of, lead_months, month_number

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import Outline, RenewalRule, System

Outcome = Literal["kept", "exception", "broken"]
# The dates of a system that somebody has to be ready for, in the order in which they come.
Milestone = Literal["study_start", "procurement_fy", "current_end", "next_start"]
MILESTONES: tuple[Milestone, ...] = ("study_start", "procurement_fy", "current_end", "next_start")


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one system; `reason` is the plan's own for an exception."""

    rule: "RenewalRule"
    outcome: Outcome
    reason: str = ""


Verdicts = Mapping[str, Sequence[Verdict]]


def check(systems: Sequence["System"], found: Iterable["RenewalRule"], plan: "Outline") -> Verdicts:
    """Every rule on every system, by key of the system. An exception counts only where the rule does not hold."""
    ordered = list(found)
    starts = {system.key: month_number(system.next_start) for system in systems}
    procured = Counter((system.section, system.procurement_fy) for system in systems)
    return {
        system.key: [_verdict(rule, system.key, _variables(system, plan, starts, procured)) for rule in ordered]
        for system in systems
    }


def _verdict(rule: "RenewalRule", key: str, variables: Mapping[str, int]) -> Verdict:
    if rule.holds.evaluate(dict(variables)) is True:
        return Verdict(rule, "kept")
    for exception in rule.exceptions:
        if exception.system == key:
            return Verdict(rule, "exception", exception.reason)
    return Verdict(rule, "broken")


def _variables(
    system: "System", plan: "Outline", starts: Mapping[str, int], procured: Mapping[tuple[str, int], int]
) -> dict[str, int]:
    own = starts[system.key]
    return {
        "current_end": month_number(system.current_end),
        "study_start": month_number(system.study_start),
        "next_start": own,
        "study_fy": fiscal_year_of(system.study_start),
        "procurement_fy": system.procurement_fy,
        "start_fy": fiscal_year_of(system.next_start),
        "extension_months": extension_months(system),
        "lead_months": lead_months(system),
        "needs_start": max((starts[key] for key in system.needs if key in starts), default=own),
        "same_section_procurements": procured[system.section, system.procurement_fy],
        "plan_first_fy": HalfYear.parse(plan.first_half).year,
        "plan_last_fy": HalfYear.parse(plan.last_half).year,
    }


@dataclass(frozen=True)
class Change:
    """A rule that says something else of a system than before."""

    system: "System"
    rule: "RenewalRule"
    before: Outcome
    after: Outcome


def changes(systems: Iterable["System"], before: Verdicts, after: Verdicts) -> list[Change]:
    """Where two checks of the same systems differ, new breaks first."""
    found = [
        Change(system, new.rule, old.outcome, new.outcome)
        for system in systems
        for old, new in zip(before[system.key], after[system.key], strict=True)
        if old.outcome != new.outcome
    ]
    return sorted(found, key=lambda change: change.after != "broken")


@dataclass(frozen=True)
class Due:
    """A date that comes: so many months from now, warned of since it was `band` months away."""

    system: "System"
    milestone: Milestone
    month: str
    months_left: int
    band: int


def month_of(system: "System", milestone: Milestone) -> str:
    """YYYY-MM; a fiscal year of procurement begins in April."""
    return f"{system.procurement_fy}-04" if milestone == "procurement_fy" else getattr(system, milestone)


def due(systems: Iterable["System"], today: date, bands: Sequence[int]) -> list[Due]:
    """What comes within the longest of `bands` (months), soonest first. This month has 0 months left."""
    now = month_number(f"{today:%Y-%m}")
    coming = [
        (month_number(month_of(system, milestone)) - now, system, milestone)
        for system in systems
        for milestone in MILESTONES
    ]
    found = [
        Due(system, milestone, month_of(system, milestone), left, min(band for band in bands if left <= band))
        for left, system, milestone in coming
        if bands and 0 <= left <= max(bands)
    ]
    return sorted(found, key=lambda item: (item.months_left, item.system.number))


@dataclass(frozen=True)
class Load:
    """How many systems a section studies, procures and starts in each fiscal year of `years`."""

    section: str
    studies: list[int]
    procurements: list[int]
    starts: list[int]


def load(systems: Sequence["System"]) -> tuple[list[int], list[Load]]:
    """The fiscal years that any system touches, and a row for each section in the order of the systems."""
    studied = Counter((system.section, fiscal_year_of(system.study_start)) for system in systems)
    procured = Counter((system.section, system.procurement_fy) for system in systems)
    started = Counter((system.section, fiscal_year_of(system.next_start)) for system in systems)
    touched = {year for counts in (studied, procured, started) for _section, year in counts}
    years = list(range(min(touched), max(touched) + 1)) if touched else []
    sections = dict.fromkeys(system.section for system in systems)
    return years, [
        Load(section, *([counts[section, year] for year in years] for counts in (studied, procured, started)))
        for section in sections
    ]
