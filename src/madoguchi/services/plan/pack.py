"""The shape of a city's ICT plan in the pack: outline, measures, systems, survey, costs, the previous plan, peers."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from madoguchi.kernel.citydata.public import Collection, PackModel, PackRecord, SectionKey
from madoguchi.lib.expressions import Expression
from madoguchi.lib.halfyear import HalfYear
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
Goal = Literal["service", "information", "efficiency"]


def _half_year(text: str) -> str:
    HalfYear.parse(text)
    return text


def _known(kind: str, where: str) -> AfterValidator:
    """A key that must exist among the records of `kind` when a whole pack is loaded."""

    def check(key: str, info: ValidationInfo) -> str:
        if info.context is not None and key not in info.context.get(kind, set()):
            raise ValueError(f"there is no {key!r} in {where}")
        return key

    return AfterValidator(check)


def _split(value: object) -> object:
    """Keys in one cell of a table stand with spaces between."""
    return value.split() if isinstance(value, str) else value


Half = Annotated[str, AfterValidator(_half_year)]
MeasureKey = Annotated[str, _known("plan.measure", "plan/measures")]
SystemKey = Annotated[str, _known("plan.system", "plan/systems.csv")]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class Named(PackModel):
    """A key with its name."""

    key: str
    name: LocalText


class PlanField(Named):
    """施策分野, and how many measures the plan prints for it."""

    printed_total: int


class Outline(PackRecord):
    """The plan as a whole (key `plan`)."""

    name: LocalText
    owner: SectionKey
    first_half: Half
    last_half: Half
    goals: tuple[Named, ...]
    fields: tuple[PlanField, ...]
    act_categories: tuple[Named, ...] = ()
    renewal_warning_months: tuple[int, ...] = ()  # so long before a date its section is warned, longest first
    printed_goal_totals: dict[Goal, int]
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
    """施策: one measure of the plan, from its sheet."""

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
    risks: tuple[Risk, ...] = ()
    survey_items: tuple[str, ...] = ()
    act_categories: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class System(PackRecord):
    """庁内システムの更新計画: one row of 表1. Months as YYYY-MM, the procurement year is a fiscal year.

    The order of the months is not checked: a printed row may contradict itself, and `note` says so.
    """

    number: int
    name: str
    section: SectionKey
    current_end: Month
    study_start: Month
    procurement_fy: int = Field(ge=1989, le=2100)
    next_start: Month
    needs: Annotated[tuple[SystemKey, ...], BeforeValidator(_split)] = ()  # must run before this one starts
    note: str = ""


class RenewalException(PackModel):
    """A system the plan itself lets off a rule, and why."""

    system: SystemKey
    reason: str


class RenewalRule(PackRecord):
    """What holds for the dates of a system: CEL over the variables of `renewal.variables`."""

    text: LocalText
    holds: Expression
    exceptions: tuple[RenewalException, ...] = ()

    @field_validator("holds")
    @classmethod
    def _only_known_names(cls, holds: Expression) -> Expression:
        if unknown := holds.names() - set(RENEWAL_VARIABLES):
            raise ValueError(f"uses {', '.join(sorted(unknown))}; known are {', '.join(RENEWAL_VARIABLES)}")
        return holds


class Response(PackModel):
    """配布と回収 of an age band; `sent` and `percent` None where the plan prints a dash."""

    age: str
    sent: int | None
    returned: int
    percent: float | None


class Choice(PackModel):
    """One answer of a question, as printed."""

    key: str
    label: LocalText
    count: int
    percent: float


class SurveyQuestion(PackModel):
    """A question with its table."""

    key: str
    title: LocalText
    table: str
    base: int
    multiple: bool
    finding: LocalText
    options: tuple[Choice, ...]


class DemandCounts(PackModel):
    """How strongly people want a field pushed: 4, 3, 2, 1 points, and no answer."""

    strongly: int
    rather: int
    rather_other: int
    other: int
    none: int

    @model_validator(mode="after")
    def _has_answers(self) -> Self:
        if not self.strongly + self.rather + self.rather_other + self.other:
            raise ValueError("nobody answered: there is no weighted mean")
        return self


class DemandPercents(PackModel):
    """The same in per cent, as printed."""

    strongly: float
    rather: float
    rather_other: float
    other: float
    none: float


class DemandItem(PackModel):
    """One of the items people were asked to weigh."""

    key: str
    title: LocalText
    measures: tuple[MeasureKey, ...]
    rank_printed: int
    counts: DemandCounts
    percents: DemandPercents
    counts_from: Literal["printed", "percentages"]
    table: str


class FreeText(PackModel):
    """自由記載: how many remarks fell under a field."""

    label: LocalText
    count: int


class Survey(PackRecord):
    """市民アンケート: one survey with all its tables; `…_table` is the number a table has in the plan."""

    title: LocalText
    population: LocalText
    method: LocalText
    sent: int
    returned: int
    notes: tuple[str, ...] = ()
    response: tuple[Response, ...]
    response_table: str = ""
    questions: tuple[SurveyQuestion, ...]
    demand: tuple[DemandItem, ...] = Field(min_length=1)
    demand_table: str = ""
    free_text: tuple[FreeText, ...] = ()
    free_text_table: str = ""


class Cost(PackRecord):
    """概算経費 of a fiscal year, in thousand yen."""

    fiscal_year: int
    thousand_yen: int
    share_percent: float
    what: str


class PreviousMeasure(PackRecord):
    """前計画: one measure and what became of it. `sections` are keys with spaces between."""

    number: int
    field: str
    name: str
    sections: Annotated[tuple[SectionKey, ...], BeforeValidator(_split)]
    result: str


class Peer(PackRecord):
    """図7: the share of municipalities that have something, and whether this city has it."""

    item: str
    year: int
    national_percent: float
    national_count: int
    city_done: bool
    note: str = ""


COLLECTIONS = (
    Collection("plan.outline", "plan/plan.yaml", Outline),
    Collection("plan.measure", "plan/measures/*.yaml", Measure),
    Collection("plan.system", "plan/systems.csv", System),
    Collection("plan.renewal_rule", "plan/renewal.yaml", RenewalRule, many="rules"),
    Collection("plan.survey", "plan/survey.yaml", Survey),
    Collection("plan.cost", "plan/costs.csv", Cost),
    Collection("plan.previous", "plan/previous.csv", PreviousMeasure),
    Collection("plan.peer", "plan/peers.csv", Peer),
)
