"""概算経費: the plan's own rules of what a measure costs inside the plan (第6章(3)). Amounts in thousand yen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["build", "operate"]


class Dated(Protocol):
    """An amount of one fiscal year."""

    @property
    def fiscal_year(self) -> int: ...
    @property
    def thousand_yen(self) -> int: ...


class CostLike(Protocol):
    """A cost of one measure in one fiscal year; `present` is what the system it replaces costs in that year."""

    measure_key: str
    fiscal_year: int
    thousand_yen: int
    present_thousand_yen: int


class SpentLike(CostLike, Protocol):
    """The same with what was really spent; None while that is not known."""

    actual_thousand_yen: int | None


@dataclass(frozen=True)
class YearCost:
    """One kind of cost in one fiscal year, in thousand yen."""

    fiscal_year: int
    kind: Kind
    thousand_yen: int


def life_cycle(*, first_year: int, build: int, operate: int, years: int) -> list[YearCost]:
    """Building in `first_year`, running in that many years (thousand yen each) after it."""
    running = [YearCost(first_year + offset, "operate", operate) for offset in range(1, years + 1)]
    return [YearCost(first_year, "build", build), *running]


def in_window(costs: Iterable[Dated], first_year: int, last_year: int) -> int:
    """What falls inside the years of the plan, in thousand yen."""
    return sum(cost.thousand_yen for cost in costs if first_year <= cost.fiscal_year <= last_year)


def counted(line: CostLike) -> int:
    """Only the difference to what is spent today counts, in thousand yen; it may be negative."""
    return line.thousand_yen - line.present_thousand_yen


def spent(lines: Iterable[SpentLike]) -> int | None:
    """What was spent, as it counts; None without lines, or while one of them does not know it yet."""
    amounts = [
        None if line.actual_thousand_yen is None else line.actual_thousand_yen - line.present_thousand_yen
        for line in lines
    ]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if amounts and len(known) == len(amounts) else None


def by_year(lines: Iterable[CostLike]) -> dict[int, int]:
    """What counts in each fiscal year, in thousand yen."""
    totals: dict[int, int] = {}
    for line in lines:
        totals[line.fiscal_year] = totals.get(line.fiscal_year, 0) + counted(line)
    return dict(sorted(totals.items()))


def by_measure(lines: Iterable[CostLike]) -> dict[str, dict[int, int]]:
    """What counts for each measure, by fiscal year, in thousand yen."""
    grouped: dict[str, list[CostLike]] = {}
    for line in lines:
        grouped.setdefault(line.measure_key, []).append(line)
    return {key: by_year(found) for key, found in sorted(grouped.items())}


def rebuild_excess(*, new_total: int, present_total: int) -> int:
    """By how much a rebuild (building and running) is dearer than the present system; 0 when the rule is kept."""
    return max(0, new_total - present_total)


@dataclass(frozen=True)
class Reckoning:
    """One measure by the three rules, in thousand yen."""

    whole: int  # every year, whether inside the plan or after it
    in_plan: int  # the years of the plan
    present: int  # taken off, because it was spent before, too
    replaced_total: int | None  # 現行システムの総経費; None: nothing is replaced
    spent: int | None

    @property
    def counted(self) -> int:
        return self.in_plan - self.present

    @property
    def excess(self) -> int:
        if self.replaced_total is None:
            return 0
        return rebuild_excess(new_total=self.whole, present_total=self.replaced_total)


def reckon(lines: Sequence[SpentLike], *, first_year: int, last_year: int, replaced_total: int | None) -> Reckoning:
    """The lines of one measure against the years of the plan and against what it replaces."""
    inside = [line for line in lines if first_year <= line.fiscal_year <= last_year]
    return Reckoning(
        whole=sum(line.thousand_yen for line in lines),
        in_plan=in_window(lines, first_year, last_year),
        present=sum(line.present_thousand_yen for line in inside),
        replaced_total=replaced_total,
        spent=spent(inside),
    )
