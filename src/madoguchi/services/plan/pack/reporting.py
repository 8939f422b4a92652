"""How the plan is followed up: dates of a period, what a major change is, grades, and the indicators."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from madoguchi.kernel.citydata.public import PackModel, PackRecord
from madoguchi.lib.expressions import Expression
from madoguchi.services.plan.pack.halves import Half
from madoguchi.services.plan.pack.measures import MeasureKey, Named
from madoguchi.ui.words import LocalText

# What the rule of a major change may speak of.
CHANGE_VARIABLES = (
    "delay_halves",  # by how many half-years the end of the whole measure moves
    "longest_step_delay_halves",  # the same of the step that moves most
    "withdrawn_steps",
    "added_steps",
    "passes_plan_end",  # a step now ends after the plan
    "effect_changed",  # an effect item was changed or taken back
    "estimate_change_percent",  # null where there is no estimate
    "earlier_changes",  # how many changes the measure already had
)


class Threshold(PackModel):
    """A grade and its limit: `at_most` for deviations, `at_least` for attainment; the last step has neither."""

    grade: str
    at_most: float | None = None
    at_least: float | None = None


class Rulebook(PackRecord):
    """進捗管理と評価の決まり from a day on. Days are calendar days after the last day of the half-year."""

    since: date = Field(alias="from")
    opens_after_days: int = Field(ge=0)
    due_after_days: int
    check_after_days: int
    remind_before_days: tuple[int, ...] = ()
    remind_every_days: int = Field(ge=1)  # after the due date
    stale_grace_days: int = Field(ge=0)  # an indicator may be this late before it is flagged
    major_change: Expression
    grades: tuple[Named, ...] = Field(min_length=2)  # best first
    schedule: tuple[Threshold, ...]  # half-years late
    effect: tuple[Threshold, ...]  # per cent attained
    cost: tuple[Threshold, ...]  # per cent above the estimate
    confirmed: bool = True  # False: a value to start from, which the city has not decided yet

    @field_validator("major_change")
    @classmethod
    def _only_known_names(cls, found: Expression) -> Expression:
        if unknown := found.names() - set(CHANGE_VARIABLES):
            raise ValueError(f"uses {', '.join(sorted(unknown))}; known are {', '.join(CHANGE_VARIABLES)}")
        return found

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.opens_after_days <= self.due_after_days <= self.check_after_days:
            raise ValueError("a period opens before it is due, and is due before it is checked")
        names = {grade.key for grade in self.grades}
        for axis in (self.schedule, self.effect, self.cost):
            if not axis or (axis[-1].at_most, axis[-1].at_least) != (None, None):
                raise ValueError("the last step of an axis has no limit, so that every value has a grade")
            if unknown := {step.grade for step in axis} - names:
                raise ValueError(f"there is no grade {', '.join(sorted(unknown))}")
        return self


class Indicator(PackRecord):
    """指標: what a measure is to move, live from a service (`figure`) or entered with its source.

    `start` and `target` None: the plan names no number.
    """

    measure: MeasureKey
    name: LocalText
    unit: LocalText
    direction: Literal["up", "down"]
    figure: str = ""  # key of a figure of kernel/evidence
    period: Literal["half", "year", "day"]  # what a value covers; `day`: as it stands on the day
    start: float | None = None
    target: float | None = None
    target_half: Half | None = None
    update_days: int = Field(ge=1)  # a value is expected this often
    explanation: LocalText

    @model_validator(mode="after")
    def _target_has_a_time(self) -> Self:
        if (self.target is None) != (self.target_half is None):
            raise ValueError("a target needs its half-year, and a half-year its target")
        return self
