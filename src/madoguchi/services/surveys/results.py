"""What the result pages show, as plain values."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from madoguchi.kernel.citydata.public import parameter
from madoguchi.services.surveys import analysis, statistics
from madoguchi.services.surveys.data import Data
from madoguchi.services.surveys.models import Survey
from madoguchi.services.surveys.pack import Question

Screen = dict[str, Any]
OPENED = {Survey.State.OPENED, Survey.State.PUBLISHED}


def threshold(survey: Survey) -> int:
    """Counts below it are hidden in cross tables (the city pack's `surveys_small_cell`)."""
    return int(parameter("surveys_small_cell", on=survey.opened_on or survey.closes_on).value)


def opened(survey: Survey) -> Survey:
    """Raises: Http404 while the box is closed: nobody looks in before."""
    if survey.state not in OPENED:
        raise Http404
    return survey


def screen(survey: Survey, *, weighted: bool) -> Screen:
    """Every question with its tables, its means in order, and the last survey beside it."""
    data = Data(opened(survey), weighted=weighted)
    data.columns(*data.items)
    before = Data(survey.previous) if survey.previous and survey.previous.state in OPENED else None
    blocks = [_block(data, before, question) for question in data.questionnaire.questions()]
    return {
        "survey": survey,
        "questionnaire": survey.questionnaire,
        "blocks": blocks,
        "weighted": weighted and data.raking is not None,
        "weighted_by": data.weighted_by,
        "raking": data.raking,
        "population": data.population,
        "effective_n": _effective(data),
        "margin": statistics.margin_percent(survey.answers, data.population) if survey.answers else None,
        "threshold": threshold(survey),
    }


def _effective(data: Data) -> float | None:
    """Kish's size of the whole weighted sample."""
    if data.raking is None:
        return None
    keys = [question.key for question in data.weighted_by]
    plain, weights, squares = data.count(*keys)
    square = sum(squares.values())
    return sum(weights.values()) ** 2 / square if square else float(sum(plain.values()))


def _block(data: Data, before: Data | None, question: Question) -> Screen:
    found = analysis.tables(data, question)
    means = {table.key: table.mean.value for table in found if table.mean}
    ranks = statistics.ranks(means, decimals=2)
    then = {}
    if before is not None and question.type != "text":
        then = {
            table.key: analysis.compared(table, old)
            for table in found
            if (old := _same_before(before, question, table.key)) is not None
        }
    return {
        "question": question,
        "tables": [(table, then.get(table.key)) for table in found],
        "ranked": sorted(((ranks[table.key], table) for table in found if table.mean), key=lambda pair: pair[0])
        if len(means) > 1
        else [],
        "best": max((option.points or 0 for option in question.options), default=0),
    }


def _same_before(before: Data, question: Question, key: str) -> analysis.Table | None:
    """The table of the same question in the last survey; None when it was not asked then."""
    asked = {found.key: found for found in before.questionnaire.questions()}
    old = asked.get(question.key)
    if old is None or old.type != question.type:
        return None
    return next((table for table in analysis.tables(before, old) if table.key == key), None)


def choices(survey: Survey) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What can stand in the rows (questions with several answers too) and in the columns of a cross table."""
    columns = [
        (item.key, f"{item.question.label}：{item.label}" if item.question.rows else str(item.question.label))
        for item in Data(survey).items.values()
        if not item.is_option
    ]
    several = [(q.key, str(q.label)) for q in survey.questionnaire.questions() if q.type == "multiple"]
    return [*columns, *several], columns


def cross_screen(survey: Survey, asked: Mapping[str, str]) -> Screen:
    """Two questions crossed, as the query names them; nothing crossed without a query."""
    rows, columns = choices(opened(survey))
    row, column = asked.get("row", ""), asked.get("column", "")
    found: Screen = {"survey": survey, "rows": rows, "columns": columns, "row": row, "column": column, "cross": None}
    if row not in dict(rows) or column not in dict(columns) or row == column:
        return {**found, "unknown": bool(row or column)}
    table = crossed(survey, row, column, weighted=bool(asked.get("weighted")))
    return {**found, "cross": table, "lines": list(zip(table.row_labels, table.cells, strict=True))}


def crossed(survey: Survey, row: str, column: str, *, weighted: bool) -> analysis.Cross:
    """The cross table of two keys. Raises: KeyError."""
    data = Data(survey, weighted=weighted)
    small = threshold(survey)
    if row in data.items:
        return analysis.cross(data, data.items[row], data.items[column], threshold=small)
    return analysis.cross_several(data, data.questionnaire.question(row), data.items[column], threshold=small)
