"""The opened answers of a survey: columns of one byte an answer, counted, and weighted by cells.

Weights belong to the cells age × sex × district, so weighting a table means counting it by cell: no loop over answers
in Python, no array library, and the same speed on every database.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from madoguchi.services.surveys import rules, statistics
from madoguchi.services.surveys.models import Survey
from madoguchi.services.surveys.pack import Question
from madoguchi.services.surveys.statistics.weighting import UNSAID, Cell

DIMENSIONS = ("age", "sex", "district")
Counts = Mapping[tuple[int, ...], float]


class Data:
    """What people answered. `weighted` asks for weights; without usable targets they are all 1."""

    def __init__(self, survey: Survey, *, weighted: bool = False) -> None:
        self.survey = survey
        self.questionnaire = survey.questionnaire
        self.items = {item.key: item for item in rules.items(self.questionnaire)}
        self.weighted = weighted
        self._columns: dict[str, bytes] = {}

    def columns(self, *keys: str) -> list[bytes]:
        """The columns of these items, each read once. One query for all that are missing."""
        wanted = [key for key in keys if key not in self._columns]
        if wanted:
            found = self.survey.columns.filter(item__in=wanted).values_list("item", "codes")
            self._columns |= {item: bytes(codes) for item, codes in found}
        return [self._columns[key] for key in keys]

    @cached_property
    def population(self) -> int:
        """How many people the survey speaks for; 0 when no table was given."""
        return sum(stratum.population for stratum in self._strata)

    @cached_property
    def _strata(self) -> list[object]:
        return list(self.survey.strata.all())

    @cached_property
    def _dimensions(self) -> list[tuple[Question, dict[str, int]]]:
        """Questions that tell a stratum, each with the population by category."""
        asked = {question.weight_by: question for question in self.questionnaire.questions() if question.weight_by}
        found = []
        for name in DIMENSIONS:
            totals: Counter[str] = Counter()
            for stratum in self._strata:
                totals[getattr(stratum, name)] += stratum.population
            labels = {option.label.ja for option in asked[name].options} if name in asked else set()
            if totals and UNSAID not in totals and set(totals) <= labels:
                found.append((asked[name], dict(totals)))
        return found

    @property
    def weighted_by(self) -> list[Question]:
        return [question for question, _ in self._dimensions]

    def cell(self, codes: Sequence[int]) -> Cell:
        """The labels of a cell; "" where the person did not say, or said what the population table does not know."""
        return tuple(
            question.options[code - 1].label.ja
            if 0 < code <= len(question.options) and question.options[code - 1].label.ja in totals
            else UNSAID
            for code, (question, totals) in zip(codes, self._dimensions, strict=True)
        )

    @cached_property
    def raking(self) -> statistics.Raking | None:
        """The weights by cell; None when they were not asked for or no question fits the population table."""
        if not self.weighted or not self._dimensions:
            return None
        keys = [question.key for question, _ in self._dimensions]
        cells: Counter[Cell] = Counter()
        for codes, count in Counter(zip(*self.columns(*keys), strict=True)).items():
            cells[self.cell(codes)] += count
        return statistics.rake(cells, [totals for _, totals in self._dimensions])

    def count(self, *keys: str) -> tuple[Counter[tuple[int, ...]], Counts, Mapping[tuple[int, ...], float]]:
        """Combinations of codes: how many people, what they weigh, and the sum of squared weights."""
        plain: Counter[tuple[int, ...]] = Counter()
        if self.raking is None:
            plain.update(zip(*self.columns(*keys), strict=True))
            return plain, plain, plain
        weights, squares = Counter(), Counter()
        cells = [question.key for question, _ in self._dimensions]
        by_cell = Counter(zip(*self.columns(*keys, *cells), strict=True))
        for codes, count in by_cell.items():
            weight = self.raking.weights[self.cell(codes[len(keys) :])]
            plain[codes[: len(keys)]] += count
            weights[codes[: len(keys)]] += weight * count
            squares[codes[: len(keys)]] += weight * weight * count
        return plain, weights, squares
