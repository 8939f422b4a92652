"""The plan as a whole, and its measures with their tasks and risks."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from madoguchi.kernel.citydata.public import PackModel, PackRecord, SectionKey
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.pack.halves import Half, known
from madoguchi.ui.words import LocalText

Goal = Literal["service", "information", "efficiency"]


MeasureKey = Annotated[str, known("plan.measure", "plan/measures")]


class Named(PackModel):
    """A key with its name."""

    key: str
    name: LocalText


class PlanField(Named):
    """施策分野, and how many measures the plan prints for it."""

    printed_total: int


class Ended(PackModel):
    """A measure of the plan before that this plan does not go on with, and why."""

    measure: MeasureKey
    reason: str


class Outline(PackRecord):
    """One plan as a whole. The first has the key `plan`, a later one is named by its first fiscal year."""

    name: LocalText
    owner: SectionKey
    first_half: Half
    last_half: Half
    goals: tuple[Named, ...]
    fields: tuple[PlanField, ...]
    act_categories: tuple[Named, ...] = ()
    renewal_warning_months: tuple[int, ...] = ()  # so long before a date its section is warned, longest first
    printed_goal_totals: dict[Goal, int]
    ended: tuple[Ended, ...] = ()
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if HalfYear.parse(self.last_half) < HalfYear.parse(self.first_half):
            raise ValueError("last_half lies before first_half")
        return self


class Bar(PackModel):
    """A stretch of half-years; `last` None means the plan gives only the start."""

    first: Half = Field(alias="from")
    last: Half | None = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and HalfYear.parse(self.last) < HalfYear.parse(self.first):
            raise ValueError("this bar ends before it begins")
        return self


class Task(PackModel):
    """工程. `planned` None: the plan states no half-years."""

    title: str
    planned: tuple[Bar, ...] | None
    note: str = ""


class Risk(PackModel):
    """想定されるリスク and what is done against it."""

    risk: str
    countermeasures: tuple[str, ...] = ()


class Goals(PackModel):
    """The three goal flags of 表16."""

    service: bool
    information: bool
    efficiency: bool


class Measure(PackRecord):
    """施策: one measure of a plan, from its sheet. Its key is its own: the next plan's measure has another.

    `ancestors` are the measures of earlier plans that it goes on with: one where it is carried over, several where they
    were merged, and the same one in several measures where it was split.
    """

    plan: Annotated[str, known("plan.outline", "plan/plan*.yaml")] = "plan"
    ancestors: tuple[MeasureKey, ...] = ()
    number: int
    name: LocalText
    summary: LocalText
    field: str
    leads: tuple[SectionKey, ...] = Field(min_length=1)
    related: tuple[SectionKey, ...] = ()
    related_note: str = ""
    goals: Goals
    sheet: Literal["present", "absent"]
    linked_plans: tuple[str, ...] = ()
    purpose: str | None = None
    present_state: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    estimate_thousand_yen: int | None = None  # 費用見込 before the start; None: the plan names none
    risks: tuple[Risk, ...] = ()
    survey_items: tuple[str, ...] = ()
    act_categories: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
