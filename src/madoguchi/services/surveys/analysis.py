"""Tables of a survey: one question, two questions crossed, the same question then and now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from madoguchi.lib.shares import percent
from madoguchi.services.surveys import rules, statistics
from madoguchi.services.surveys.data import Data
from madoguchi.services.surveys.pack import Question
from madoguchi.services.surveys.rules import NO_ANSWER, NOT_ASKED, Item
from madoguchi.services.surveys.statistics.precision import Interval
from madoguchi.ui.words import LocalText

NO_ANSWER_LABEL = LocalText(ja="無回答", easy="答(こた)えなし", en="No answer")
TOTAL_LABEL = LocalText(ja="合計", easy="ぜんぶ", en="Total")


@dataclass(frozen=True)
class Line:
    """One answer: people, share of those asked, share of those who answered with its interval (percent)."""

    label: LocalText
    n: int
    percent: float
    valid_percent: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """回答の割合 of one item or one question with several answers.

    `asked` is the base of `percent` as reports print it; no-answers are a line of their own and not in the mean.
    """

    key: str
    title: LocalText
    asked: int
    answered: int
    lines: tuple[Line, ...]
    mean: Interval | None
    effective_n: float
    is_multiple: bool = False


def table(data: Data, item: Item) -> Table:
    """One item with one answer."""
    plain, weights, squares = data.count(item.key)
    asked = {codes[0]: count for codes, count in plain.items() if codes[0] != NOT_ASKED}
    heavy = {code: weights[code,] for code in asked}
    valid = {code: weight for code, weight in heavy.items() if code != NO_ANSWER}
    square = sum(squares[code,] for code in valid)
    effective_n = sum(valid.values()) ** 2 / square if square else 0.0
    n, total, whole = sum(count for code, count in asked.items() if code), sum(heavy.values()), sum(valid.values())
    lines = []
    for place, option in enumerate(item.options, 1):
        share = valid.get(place, 0.0) / whole if whole else 0.0
        spread = statistics.share_interval(share, effective_n=effective_n, n=n, population=data.population)
        lines.append(
            Line(
                option.label,
                asked.get(place, 0),
                percent(heavy.get(place, 0.0), total),
                percent(share, 1),
                percent(spread.low, 1),
                percent(spread.high, 1),
            )
        )
    if asked.get(NO_ANSWER):
        lines.append(Line(NO_ANSWER_LABEL, asked[NO_ANSWER], percent(heavy[NO_ANSWER], total), None))
    mean = _mean(item, valid, effective_n=effective_n, n=n, population=data.population)
    return Table(item.key, item.label, sum(asked.values()), n, tuple(lines), mean, effective_n)


def _mean(item: Item, valid: Mapping[int, float], **size: float) -> Interval | None:
    points: dict[float, float] = {}
    for place, option in enumerate(item.options, 1):
        if option.points is not None and place in valid:
            points[option.points] = points.get(option.points, 0.0) + valid[place]
    return statistics.mean_interval(points, **size) if points else None  # type: ignore[arg-type]


def several(data: Data, question: Question) -> Table:
    """A question with several answers: each option on its own, shares of all who were asked."""
    lines, asked, answered, effective_n = [], 0, 0, 0.0
    for item in rules.items_of(question):
        plain, weights, squares = data.count(item.key)
        people = {codes[0]: count for codes, count in plain.items() if codes[0] != NOT_ASKED}
        asked, answered = sum(people.values()), sum(people.values()) - people.get(NO_ANSWER, 0)
        total = sum(weights[code,] for code in people)
        said = sum(weights[code,] for code in people if code != NO_ANSWER)
        square = sum(squares[code,] for code in people if code != NO_ANSWER)
        effective_n = said**2 / square if square else 0.0
        chosen = weights.get((rules.CHOSEN,), 0.0)
        share = chosen / said if said else 0.0
        spread = statistics.share_interval(share, effective_n=effective_n, n=answered, population=data.population)
        lines.append(
            Line(
                item.label,
                people.get(rules.CHOSEN, 0),
                percent(chosen, total),
                percent(share, 1),
                percent(spread.low, 1),
                percent(spread.high, 1),
            )
        )
    return Table(question.key, question.label, asked, answered, tuple(lines), None, effective_n, is_multiple=True)


def tables(data: Data, question: Question) -> list[Table]:
    """The tables of a question: one, or one a row of a matrix; none for free text."""
    data.columns(*(item.key for item in rules.items_of(question)))
    if question.type == "multiple":
        return [several(data, question)]
    return [table(data, item) for item in rules.items_of(question)]


@dataclass(frozen=True)
class Cell:
    """A cell of a cross table; everything None where it is hidden."""

    n: int | None
    row_percent: float | None = None
    column_percent: float | None = None


@dataclass(frozen=True)
class Cross:
    """クロス集計. The last row and the last column are totals; for several answers there is no total row.

    `left_out` people did not answer one of the two questions. Shares are weighted where weights were asked for.
    """

    row_title: LocalText
    column_title: LocalText
    row_labels: tuple[LocalText, ...]
    column_labels: tuple[LocalText, ...]
    cells: tuple[tuple[Cell, ...], ...]
    n: int
    left_out: int
    hidden: int
    test: statistics.Independence | None
    effective_n: float


def cross(data: Data, row: Item, column: Item, *, threshold: int) -> Cross:
    """Two items crossed, with counts from 1 to `threshold` − 1 hidden and others so that totals do not tell them."""
    rows, columns = len(row.options), len(column.options)
    plain, weights, squares = data.count(row.key, column.key)
    counts = [[plain.get((r, c), 0) for c in range(1, columns + 1)] for r in range(1, rows + 1)]
    heavy = [[weights.get((r, c), 0.0) for c in range(1, columns + 1)] for r in range(1, rows + 1)]
    hidden = statistics.hidden_cells(counts, threshold)
    said, square = sum(map(sum, heavy)), sum(squares[key] for key in _both(plain, rows, columns))
    effective_n = said * said / square if square else 0.0
    n = sum(map(sum, counts))
    asked = sum(count for codes, count in plain.items() if NOT_ASKED not in codes)
    return Cross(
        row.label,
        column.label,
        (*(option.label for option in row.options), TOTAL_LABEL),
        (*(option.label for option in column.options), TOTAL_LABEL),
        _cells(_with_totals(counts), _with_totals(heavy), hidden),
        n,
        asked - n,
        len(hidden),
        statistics.independence(heavy, effective_n=effective_n if data.raking else None) if n else None,
        effective_n,
    )


def _both(plain: Mapping[tuple[int, ...], int], rows: int, columns: int) -> list[tuple[int, ...]]:
    return [codes for codes in plain if 0 < codes[0] <= rows and 0 < codes[1] <= columns]


def _with_totals(table: Sequence[Sequence[float]]) -> list[list[float]]:
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _cells(
    counts: list[list[float]], heavy: list[list[float]], hidden: frozenset[tuple[int, int]]
) -> tuple[tuple[Cell, ...], ...]:
    last = heavy[-1]
    return tuple(
        tuple(
            Cell(None)
            if (r, c) in hidden
            else Cell(int(n), percent(heavy[r][c], heavy[r][-1]), percent(heavy[r][c], last[c]))
            for c, n in enumerate(row)
        )
        for r, row in enumerate(counts)
    )


def cross_several(data: Data, question: Question, column: Item, *, threshold: int) -> Cross:
    """Each option of a question with several answers crossed with an item; column shares are of those who answered."""
    columns = len(column.options)
    rows, hidden_count, n, asked = [], 0, 0, 0
    for item in rules.items_of(question):
        plain, weights, _ = data.count(item.key, column.key)
        counts = [[plain.get((code, c), 0) for c in range(1, columns + 1)] for code in (1, 2)]
        heavy = _with_totals([[weights.get((code, c), 0.0) for c in range(1, columns + 1)] for code in (1, 2)])
        hidden = statistics.hidden_cells(counts, threshold)
        hidden_count += sum(place[0] == 0 for place in hidden)
        rows.append(_cells(_with_totals(counts), heavy, hidden)[0])
        n = sum(map(sum, counts))
        asked = sum(count for codes, count in plain.items() if NOT_ASKED not in codes)
    return Cross(
        question.label,
        column.label,
        tuple(item.label for item in rules.items_of(question)),
        (*(option.label for option in column.options), TOTAL_LABEL),
        tuple(rows),
        n,
        asked - n,
        hidden_count,
        None,
        0.0,
    )


@dataclass(frozen=True)
class Then:
    """An answer now and in the last survey, in percent of those who answered; `change` in points."""

    label: LocalText
    now: float | None
    before: float | None
    change: float | None
    is_sure: bool  # the two intervals do not overlap


def compared(now: Table, before: Table) -> list[Then]:
    """Answers with the same label, then and now."""
    old = {line.label.ja: line for line in before.lines if line.valid_percent is not None}
    found = []
    for line in now.lines:
        if line.valid_percent is None or line.label.ja not in old:
            continue
        last = old[line.label.ja]
        change = round(line.valid_percent - (last.valid_percent or 0.0), 1)
        apart = (line.low or 0) > (last.high or 0) or (line.high or 0) < (last.low or 0)
        found.append(Then(line.label, line.valid_percent, last.valid_percent, change, apart))
    return found
