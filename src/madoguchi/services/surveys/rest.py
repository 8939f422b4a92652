"""Published surveys as open data: JSON under /api/v1/surveys. Every answer names its source."""

from typing import Annotated, Any, Self

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema

from madoguchi.services.surveys import analysis, queries, results
from madoguchi.services.surveys.data import Data
from madoguchi.services.surveys.models import Survey
from madoguchi.ui.words import LocalText

router = Router(tags=["surveys"])
PUBLIC = None  # open data: no authentication
SurveyKey = Annotated[str, Path(pattern="^[a-z0-9-]*$", max_length=80)]
ItemKey = Annotated[str, Query(pattern="^[a-z0-9_.-]*$", max_length=160)]


class PublishedSurvey(Schema):
    """A published survey; `letters` were sent, `answers` came back."""

    key: str
    title: LocalText
    population: LocalText
    section: str
    opens_on: str
    closes_on: str
    answers: int

    @classmethod
    def of(cls, survey: Survey) -> Self:
        content = survey.questionnaire
        return cls(
            key=survey.key,
            title=content.title,
            population=content.population,
            section=survey.section_key,
            opens_on=survey.opens_on.isoformat(),
            closes_on=survey.closes_on.isoformat(),
            answers=survey.answers,
        )


class LineOut(Schema):
    """One answer. Shares in percent: of those asked, and of those who answered with its 95 % interval."""

    label: LocalText
    n: int
    percent: float
    valid_percent: float | None
    low: float | None
    high: float | None


class TableOut(Schema):
    """`weighted_mean` of points leaves out the no-answers."""

    key: str
    title: LocalText
    asked: int
    answered: int
    weighted_mean: float | None
    lines: list[LineOut]


class ResultOut(Schema):
    survey: PublishedSurvey
    weighted: bool
    tables: list[TableOut]
    source: str


class CrossOut(Schema):
    """`n` null: hidden, because the cell is small or would tell a small one. The last row and column are totals."""

    row_title: LocalText
    column_title: LocalText
    row_labels: list[LocalText]
    column_labels: list[LocalText]
    n: list[list[int | None]]
    column_percent: list[list[float | None]]
    chi_square: float | None
    df: int | None
    p: float | None
    cramers_v: float | None
    left_out: int
    source: str


class PublishedList(Schema):
    items: list[PublishedSurvey]


def _source(survey: Survey) -> str:
    return f"{survey.questionnaire.title.ja}（{survey.closes_on.year}年）"


@router.get("/results", auth=PUBLIC, response=PublishedList)
def list_results(request: HttpRequest) -> PublishedList:  # noqa: ARG001
    """All published surveys."""
    found = Survey.objects.select_related("version").filter(state=Survey.State.PUBLISHED)
    return PublishedList(items=[PublishedSurvey.of(survey) for survey in found])


@router.get("/results/{key}", auth=PUBLIC, response=ResultOut)
def get_result(request: HttpRequest, key: SurveyKey, weighted: bool = False) -> ResultOut:  # noqa: ARG001
    """The tables of a survey. `weighted`: to the population by age, sex and district."""
    survey = queries.published(key)
    screen = results.screen(survey, weighted=weighted)
    found = [table for block in screen["blocks"] for table, _ in block["tables"]]
    return ResultOut(
        survey=PublishedSurvey.of(survey),
        weighted=screen["weighted"],
        tables=list(map(_table, found)),
        source=_source(survey),
    )


def _table(table: analysis.Table) -> TableOut:
    return TableOut(
        key=table.key,
        title=table.title,
        asked=table.asked,
        answered=table.answered,
        weighted_mean=round(table.mean.value, 4) if table.mean else None,
        lines=[LineOut(**vars(line)) for line in table.lines],
    )


@router.get("/results/{key}/cross", auth=PUBLIC, response=CrossOut)
def get_cross(
    request: HttpRequest,  # noqa: ARG001
    key: SurveyKey,
    row: ItemKey,
    column: ItemKey,
    weighted: bool = False,
) -> Any:
    """Two questions crossed, small cells hidden."""
    survey = queries.published(key)
    items = Data(survey).items
    if column not in items or items[column].is_option or row not in dict(results.choices(survey)[0]):
        raise Http404
    found = results.crossed(survey, row, column, weighted=weighted)
    return CrossOut(
        row_title=found.row_title,
        column_title=found.column_title,
        row_labels=list(found.row_labels),
        column_labels=list(found.column_labels),
        n=[[cell.n for cell in line] for line in found.cells],
        column_percent=[[cell.column_percent for cell in line] for line in found.cells],
        chi_square=found.test.chi_square if found.test else None,
        df=found.test.df if found.test else None,
        p=found.test.p if found.test else None,
        cramers_v=found.test.cramers_v if found.test else None,
        left_out=found.left_out,
        source=_source(survey),
    )
