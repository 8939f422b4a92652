"""Plans that follow each other: which is in force, and what became of a measure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from madoguchi.lib.halfyear import HalfYear

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import Measure, Outline


def in_force(plans: Sequence["Outline"], on: date) -> "Outline":
    """The newest that has begun by a day: a plan that is over goes on until its successor begins.

    Raises: LookupError without any plan.
    """
    if not plans:
        raise LookupError("the city pack has no plan: add plan/plan.yaml")
    begun = [plan for plan in plans if HalfYear.parse(plan.first_half).first <= on]
    return begun[-1] if begun else plans[0]


def of_half(plans: Sequence["Outline"], half: HalfYear) -> "Outline | None":
    """The plan that a half-year belongs to."""
    return next((plan for plan in plans if plan.first_half <= str(half) <= plan.last_half), None)


def before(plans: Sequence["Outline"], first_half: str) -> "Outline":
    """The plan that one beginning with `first_half` follows. Raises: LookupError where it would be the first."""
    earlier = [plan for plan in plans if plan.last_half < first_half]
    if not earlier:
        raise LookupError(f"no plan ends before {first_half}")
    return earlier[-1]


def ancestors(measure: "Measure", everything: Iterable["Measure"]) -> list["Measure"]:
    """The measures that this one goes on with."""
    by_key = {found.key: found for found in everything}
    return [by_key[key] for key in measure.ancestors if key in by_key]


def successors(measure: "Measure", everything: Iterable["Measure"]) -> list["Measure"]:
    """The measures that go on with this one."""
    return [found for found in everything if measure.key in found.ancestors]


def why_ended(measure: "Measure", plans: Iterable["Outline"]) -> str:
    """What a later plan says about not going on with it; empty where none says anything."""
    return next((end.reason for plan in plans for end in plan.ended if end.measure == measure.key), "")
