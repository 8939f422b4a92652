"""The residents' surveys as printed."""

from typing import Literal, Self

from pydantic import Field, model_validator

from madoguchi.kernel.citydata.public import PackModel, PackRecord
from madoguchi.services.plan.pack.measures import MeasureKey
from madoguchi.ui.words import LocalText


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
