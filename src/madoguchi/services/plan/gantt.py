"""Geometry of the systems chart: months as percent of the line, for SVG attributes (strict CSP)."""

from dataclasses import dataclass

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import rules
from madoguchi.services.plan.queries import SystemRow

MONTHS = 12
FISCAL_START = 3  # April, counted from January as 0
MIDDLE = 0.5  # a month's mark stands in the middle of its month


@dataclass(frozen=True)
class Stretch:
    """From `x`, `width` wide; both in percent of the line."""

    x: float
    width: float


@dataclass(frozen=True)
class GanttRow:
    """One system: the study until the next start, the procurement year, the extension, and both marks."""

    row: SystemRow
    study: Stretch
    procurement: Stretch
    extension: Stretch | None
    end: float
    start: float


@dataclass(frozen=True)
class Gantt:
    """The chart: its rows, the fiscal years along the top, and the stretch of the plan itself."""

    rows: list[GanttRow]
    years: list[tuple[int, Stretch]]
    plan: Stretch


@dataclass(frozen=True)
class _Line:
    """The line of fiscal years `first` to `last`."""

    first: int
    last: int

    def x(self, month: float) -> float:
        origin, total = self.first * MONTHS + FISCAL_START, (self.last - self.first + 1) * MONTHS
        return round(100 * (month - origin) / total, 2)

    def stretch(self, begin: int, end: int) -> Stretch:
        """From the beginning of month `begin` to the beginning of month `end`."""
        return Stretch(self.x(begin), round(self.x(end) - self.x(begin), 2))

    def fiscal_year(self, first: int, last: int) -> Stretch:
        return self.stretch(first * MONTHS + FISCAL_START, (last + 1) * MONTHS + FISCAL_START)


def chart(rows: list[SystemRow], *, first_half: HalfYear, last_half: HalfYear) -> Gantt:
    """From the first to the last fiscal year that a row or the plan touches; every section's chart is to scale."""
    months = [
        month for row in rows for month in (row.system.current_end, row.system.study_start, row.system.next_start)
    ]
    touched = [first_half.year, last_half.year, *map(rules.fiscal_year_of, months)]
    line = _Line(min(touched), max(touched))
    years = [(year, line.fiscal_year(year, year)) for year in range(line.first, line.last + 1)]
    return Gantt([_row(row, line) for row in rows], years, line.fiscal_year(first_half.year, last_half.year))


def _row(row: SystemRow, line: _Line) -> GanttRow:
    end = rules.month_number(row.system.current_end)
    study = rules.month_number(row.system.study_start)
    start = rules.month_number(row.system.next_start)
    return GanttRow(
        row,
        study=line.stretch(study, start),
        procurement=line.fiscal_year(row.system.procurement_fy, row.system.procurement_fy),
        extension=line.stretch(end + 1, start) if row.extension_months else None,
        end=line.x(end + MIDDLE),
        start=line.x(start + MIDDLE),
    )
