"""Does one answer depend on another? Pearson's χ², Cramér's V, Fisher's exact test for 2×2."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, erfc, exp, pi, sqrt
from typing import Literal

LOW_EXPECTED = 5
MOST_LOW_SHARE = 0.2  # Cochran (1954): at most a fifth of the cells below 5, none below 1
LEAST_EXPECTED = 1
TIE = 1 + 1e-7  # tables as likely as the observed one count too; floating point must not lose them


@dataclass(frozen=True)
class Independence:
    """The test of a table. `p` None: not valid, because too many cells are expected to be low."""

    method: Literal["chi_square", "fisher", "not_valid", "one_line"]
    chi_square: float
    df: int
    p: float | None
    cramers_v: float

    @property
    def is_significant(self) -> bool:
        """At 5 %."""
        return self.p is not None and self.p < 0.05


def independence(counts: Sequence[Sequence[float]], *, effective_n: float | None = None) -> Independence:
    """Test rows against columns. Empty lines are left out.

    With weights, `counts` are weighted and `effective_n` (Kish) says how many answers they are worth: the table is
    scaled to it before testing, the first-order correction of Rao and Scott (1981) with one design effect.
    """
    table = _without_empty_lines(counts)
    total = sum(map(sum, table))
    if len(table) < 2 or len(table[0]) < 2:
        return Independence("one_line", 0.0, 0, None, 0.0)
    worth = effective_n or total
    table = [[cell * worth / total for cell in row] for row in table]
    expected = _expected(table)
    pairs = [pair for row, wanted in zip(table, expected, strict=True) for pair in zip(row, wanted, strict=True)]
    chi_square = sum((cell - wanted) ** 2 / wanted for cell, wanted in pairs)
    df = (len(table) - 1) * (len(table[0]) - 1)
    cramers_v = sqrt(chi_square / (worth * (min(len(table), len(table[0])) - 1)))
    if _is_valid([wanted for _, wanted in pairs]):
        return Independence("chi_square", chi_square, df, chi_square_tail(chi_square, df), cramers_v)
    if df == 1 and effective_n is None:
        (a, b), (c, d) = table
        return Independence("fisher", chi_square, df, fisher_exact(round(a), round(b), round(c), round(d)), cramers_v)
    return Independence("not_valid", chi_square, df, None, cramers_v)


def chi_square_tail(value: float, df: int) -> float:
    """P(χ² > value) for a whole number of degrees of freedom, by the finite sums of Abramowitz & Stegun 26.4.4–5."""
    half = value / 2
    if df % 2 == 0:
        term = total = 1.0
        for step in range(1, df // 2):
            term *= half / step
            total += term
        return min(1.0, exp(-half) * total)
    tail = erfc(sqrt(half))
    term = sqrt(2 * value / pi) * exp(-half)
    for odd in range(1, df - 1, 2):
        tail += term
        term *= value / (odd + 2)
    return min(1.0, tail)


def fisher_exact(a: int, b: int, c: int, d: int) -> float:
    """Two-sided p of a 2×2 table: all tables with these totals that are no likelier than the observed one."""
    first, column, total = a + b, a + c, a + b + c + d
    ways = [
        comb(column, k) * comb(total - column, first - k)
        for k in range(max(0, first + column - total), min(first, column) + 1)
    ]
    observed = comb(column, a) * comb(total - column, b)
    return sum(way for way in ways if way <= observed * TIE) / comb(total, first)


def _without_empty_lines(counts: Sequence[Sequence[float]]) -> list[list[float]]:
    rows = [list(row) for row in counts if sum(row)]
    kept = [place for place in range(len(rows[0]) if rows else 0) if any(row[place] for row in rows)]
    return [[row[place] for place in kept] for row in rows]


def _expected(table: list[list[float]]) -> list[list[float]]:
    columns = [sum(column) for column in zip(*table, strict=True)]
    total = sum(columns)
    return [[sum(row) * column / total for column in columns] for row in table]


def _is_valid(expected: list[float]) -> bool:
    low = sum(value < LOW_EXPECTED for value in expected)
    return min(expected) >= LEAST_EXPECTED and low <= MOST_LOW_SHARE * len(expected)
