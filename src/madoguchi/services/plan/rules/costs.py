"""概算経費: the plan's own rules of what a measure costs inside the plan (第6章(3))."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["build", "operate"]


class CostLike(Protocol):
    """A cost of one measure in one fiscal year; `present` is what the system it replaces costs in that year."""

    measure_key: str
    fiscal_year: int
    thousand_yen: int
    present_thousand_yen: int


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


def in_window(costs: Iterable[YearCost], first_year: int, last_year: int) -> int:
    """What falls inside the years of the plan, in thousand yen."""
    return sum(cost.thousand_yen for cost in costs if first_year <= cost.fiscal_year <= last_year)


def counted(line: CostLike) -> int:
    """Only the difference to what is spent today counts, in thousand yen; it may be negative."""
    return line.thousand_yen - line.present_thousand_yen


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
