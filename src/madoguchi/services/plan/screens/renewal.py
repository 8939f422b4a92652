"""What the pages about the renewal of systems show, as plain values."""

from datetime import date
from typing import Any

from madoguchi.kernel.citydata.public import records
from madoguchi.services.plan import queries, system_table
from madoguchi.services.plan.pack import System
from madoguchi.services.plan.rules import renewal
from madoguchi.services.plan.system_forms import LABELS

Screen = dict[str, Any]


def desk(systems: list[System], *, on: date) -> Screen:
    """The dates that come, the rules that do not hold, and the load by section, for these systems."""
    plan, names = queries.outline(), queries.section_names()
    checks = queries.system_checks()
    years, load = renewal.load(systems)
    return {
        "on": on,
        "bands": plan.renewal_warning_months,
        "due": [
            (item, LABELS[item.milestone], names[item.system.section].ja)
            for item in renewal.due(systems, on, plan.renewal_warning_months)
        ],
        "marked": [
            (system, verdict)
            for system in systems
            for verdict in sorted(checks[system.key], key=lambda verdict: verdict.outcome != "broken")
            if verdict.outcome != "kept"
        ],
        "rule_count": len(records("plan.renewal_rule")),
        "years": years,
        "load": [(names[row.section].ja, row.procurements, sum(row.procurements)) for row in load],
        "most": max((count for row in load for count in row.procurements), default=0),
        "systems": systems,
    }


def what_if(moved: System, milestone: renewal.Milestone) -> Screen:
    """The table with one date moved: what breaks, what is mended, how the section's load changes."""
    present, found, plan = records("plan.system"), records("plan.renewal_rule"), queries.outline()
    (old,) = [system for system in present if system.key == moved.key]
    new = [moved if system.key == moved.key else system for system in present]
    changes = renewal.changes(new, renewal.check(present, found, plan), renewal.check(new, found, plan))
    return {
        "moved": moved,
        "label": LABELS[milestone],
        "before": renewal.month_of(old, milestone),
        "after": renewal.month_of(moved, milestone),
        "own": [change for change in changes if change.system.key == moved.key],
        "others": [change for change in changes if change.system.key != moved.key],
        "beside": [
            system
            for system in new
            if system.key != moved.key
            and (system.section, system.procurement_fy) == (moved.section, moved.procurement_fy)
        ],
        "words": {"kept": "守られる", "exception": "例外（理由あり）", "broken": "守られない"},
    }


def read_table(content: bytes) -> system_table.Reading:
    """A file against the table as it stands."""
    sections = {section.name_ja: section.key for section in records("section")}
    present = sorted(records("plan.system"), key=lambda system: system.number)
    return system_table.read(content, present=present, sections=sections)
