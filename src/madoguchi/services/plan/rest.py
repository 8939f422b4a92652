"""The plan as open data: JSON under /api/v1/plan. Every answer is `items` with their `source`."""

from typing import Self

from django.http import HttpRequest
from ninja import Router, Schema

from madoguchi.kernel.citydata.public import records
from madoguchi.services.plan import queries, rest_results
from madoguchi.services.plan.pack import Cost, DemandCounts, FreeText, Measure, Response, SurveyQuestion
from madoguchi.ui.words import LocalText

router = Router(tags=["plan"])
router.add_router("", rest_results.router)
PUBLIC = None  # open data: no authentication


class MeasureList(Schema):
    items: list[Measure]
    source: str


class SystemOut(Schema):
    """A system; months as YYYY-MM, the procurement year as a fiscal year."""

    key: str
    number: int
    name: str
    section: str
    current_end: str
    study_start: str
    procurement_fy: int
    next_start: str
    extension_months: int
    lead_months: int
    note: str
    source: str

    @classmethod
    def of(cls, row: queries.SystemRow) -> Self:
        return cls(**row.system.model_dump(), extension_months=row.extension_months, lead_months=row.lead_months)


class SystemList(Schema):
    items: list[SystemOut]
    source: str


class DemandOut(Schema):
    """An asked item. `weighted_mean` of 4 to 1 points leaves out the no-answers (`counts.none`)."""

    survey: str
    key: str
    title: LocalText
    measures: list[str]
    counts: DemandCounts
    answered: int
    weighted_mean: float
    rank: int
    rank_printed: int
    counts_from: str
    table: str
    source: str


class SurveyOut(Schema):
    """How a survey was done, and its other tables."""

    key: str
    title: LocalText
    population: LocalText
    method: LocalText
    sent: int
    returned: int
    response: list[Response]
    questions: list[SurveyQuestion]
    free_text: list[FreeText]
    notes: list[str]
    source: str


class SurveyList(Schema):
    """`items`: what residents were asked to weigh, most wanted first; `surveys`: everything else."""

    items: list[DemandOut]
    surveys: list[SurveyOut]
    source: str


class CostList(Schema):
    items: list[Cost]
    total_thousand_yen: int
    source: str


@router.get("/measures", auth=PUBLIC, response=MeasureList, by_alias=True)
def list_measures(request: HttpRequest) -> MeasureList:  # noqa: ARG001
    """All measures with tasks, risks and notes. Half-years as 2020H1; `to` null: only the start is stated."""
    return MeasureList(items=queries.measures(), source=queries.outline().source)


@router.get("/systems", auth=PUBLIC, response=SystemList)
def list_systems(request: HttpRequest) -> SystemList:  # noqa: ARG001
    """The renewal of the city's systems."""
    return SystemList(items=[SystemOut.of(row) for row in queries.systems()], source=queries.outline().source)


@router.get("/survey", auth=PUBLIC, response=SurveyList)
def list_survey(request: HttpRequest) -> SurveyList:  # noqa: ARG001
    """The residents' surveys with every table."""
    surveys = queries.surveys()
    return SurveyList(
        items=[
            DemandOut(
                **found.item.model_dump(exclude={"percents"}),
                survey=survey.key,
                source=survey.source,
                answered=found.answered,
                weighted_mean=found.weighted_mean,
                rank=found.rank,
            )
            for survey in surveys
            for found in queries.demand(survey)
        ],
        surveys=[SurveyOut(**survey.model_dump(include=set(SurveyOut.model_fields))) for survey in surveys],
        source=queries.outline().source,
    )


@router.get("/costs", auth=PUBLIC, response=CostList)
def list_costs(request: HttpRequest) -> CostList:  # noqa: ARG001
    """The estimate by fiscal year, in thousand yen."""
    found = sorted(records("plan.cost"), key=lambda cost: cost.fiscal_year)
    return CostList(
        items=found,
        total_thousand_yen=sum(cost.thousand_yen for cost in found),
        source=queries.outline().source,
    )
