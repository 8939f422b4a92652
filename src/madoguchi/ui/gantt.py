"""Geometry and words of a Gantt chart with three marks a line: as first planned, as revised, as it was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from madoguchi.lib import wareki as eras
from madoguchi.ui.templatetags import face
from madoguchi.ui.words import active_register

FISCAL_MONTH = 4  # 会計年度: April to March
MOST_TICKS = 6
MONTHS_FOR_YEARS = 18  # from here on the ticks are fiscal years
MONTHS_FOR_QUARTERS = 6

Period = Sequence[date | None]
"""First and last day. A last day of None: the plan names no end, or the work still runs."""


@dataclass(frozen=True)
class Mark:
    """One bar: left edge and width in percent; `open_x` and `open_width` are its dashed rest without an end."""

    x: float
    width: float
    open_x: float
    open_width: float
    words: str


@dataclass(frozen=True)
class Row:
    """One line: its labels, three marks, and how far the end has moved, said where the later end stands."""

    given: Mapping[str, Any]
    baseline: Mark | None
    revised: Mark | None
    actual: Mark | None
    revised_slip: str
    actual_slip: str


@dataclass(frozen=True)
class Gantt:
    """The chart: rows, ticks (percent, label), and today's place where it lies on the line."""

    rows: list[Row]
    ticks: list[tuple[float, str]]
    today: float | None


@dataclass(frozen=True)
class _Scale:
    first: date
    end: date  # the day after the last

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.end - self.first).days
        return round(100 * min(max(share, 0), 1), 2)


def chart(rows: Iterable[Mapping[str, Any]], *, today: date) -> Gantt:
    """Lines drawn to one scale, from the first to the last month that any of them touches.

    A row is a mapping: `label`, and where they are known `baseline`, `revised`, `actual` as (first day, last day),
    `note`, `url`, `status` and `word`. Raises: ValueError where a period ends before it begins.
    """
    given = list(rows)
    days = [*_days(given), today]
    scale = _Scale(min(days).replace(day=1), _next_month(max(days)))
    return Gantt(
        rows=[_row(row, scale, today) for row in given],
        ticks=[(scale.x(day), label) for day, label in _ticks(scale)],
        today=scale.x(today),
    )


def _days(rows: list[Mapping[str, Any]]) -> Iterator[date]:
    for row in rows:
        for name in ("baseline", "revised", "actual"):
            period = row.get(name) or ()
            given = [day for day in period if day]
            if any(later < earlier for earlier, later in pairwise(given)):
                raise ValueError(f"{row['label']}: {name} ends before it begins")
            yield from given


def _row(row: Mapping[str, Any], scale: _Scale, today: date) -> Row:
    baseline, revised, actual = (row.get(name) or None for name in ("baseline", "revised", "actual"))
    return Row(
        given=row,
        baseline=_planned(baseline, scale),
        revised=_planned(revised, scale),
        actual=_done(actual, scale, today),
        revised_slip="" if actual and actual[1] else _slip(baseline, revised),
        actual_slip=_slip(baseline, actual),
    )


def _planned(period: Period | None, scale: _Scale) -> Mark | None:
    if not period or period[0] is None:
        return None
    first, last = period
    x = scale.x(first)
    if last is None:
        first_month_end = scale.x(_next_month(first))
        words = _("%(first)s～（終わりの記載なし）") % {"first": face.wareki_short(first)}
        return Mark(x, round(first_month_end - x, 2), first_month_end, round(100 - first_month_end, 2), words)
    return Mark(x, _width(x, scale.x(last + timedelta(days=1))), 0, 0, _between(first, last))


def _done(period: Period | None, scale: _Scale, today: date) -> Mark | None:
    if not period or period[0] is None:
        return None
    first, last = period
    x = scale.x(first)
    if last is None:
        words = _("%(first)s～（進行中）") % {"first": face.wareki_short(first)}
        return Mark(x, _width(x, scale.x(today)), 0, 0, words)
    return Mark(x, _width(x, scale.x(last + timedelta(days=1))), 0, 0, _between(first, last))


def _width(x: float, end: float) -> float:
    return round(max(end - x, 0.4), 2)  # a day on a long line can still be seen


def _between(first: date, last: date) -> str:
    return _("%(first)s～%(last)s") % {"first": face.wareki_short(first), "last": face.wareki_short(last)}


def _slip(baseline: Period | None, later: Period | None) -> str:
    if not (baseline and later and baseline[1] and later[1]):
        return ""
    days = (later[1] - baseline[1]).days
    if days > 0:
        return _("終わりが、はじめの計画より%(days)s日あと") % {"days": f"{days:,}"}
    if days < 0:
        return _("終わりが、はじめの計画より%(days)s日まえ") % {"days": f"{-days:,}"}
    return _("終わりは、はじめの計画どおり")


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _ticks(scale: _Scale) -> Iterator[tuple[date, str]]:
    months = (scale.end.year - scale.first.year) * 12 + scale.end.month - scale.first.month
    if months > MONTHS_FOR_YEARS:
        years = range(scale.first.year, scale.end.year + 1)
        step = -(-len(years) // MOST_TICKS)
        starts = [date(year, FISCAL_MONTH, 1) for year in years]
        yield from ((day, _fiscal(day)) for day in starts[::step] if scale.first <= day < scale.end)
        return
    day, step = scale.first, 3 if months > MONTHS_FOR_QUARTERS else 1
    while day < scale.end:
        if (day.month - FISCAL_MONTH) % step == 0:
            yield day, _month(day)
        day = _next_month(day)


def _fiscal(day: date) -> str:
    match active_register():
        case "ja":
            era = eras.era_of(date(day.year, 5, 1))  # the year of 令和 began in May
            return f"{era.letter}{day.year - era.offset}年度"
        case "ja-easy":
            return f"{day.year}年度"
        case _:
            return f"FY{day.year}"


def _month(day: date) -> str:
    match active_register():
        case "ja":
            era = eras.era_of(day)
            return f"{era.letter}{day.year - era.offset}.{day.month}"
        case "ja-easy":
            return f"{day.year}年{day.month}月"
        case "en":
            return f"{day.strftime('%b')} {day.year}"
        case _:
            return date_format(day, "YEAR_MONTH_FORMAT")
