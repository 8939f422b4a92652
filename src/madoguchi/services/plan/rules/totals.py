"""Shares, and how many measures carry what."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import Measure

GOALS = ("service", "information", "efficiency")


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
