"""保存期間: rules of what ends when; years count from 1 April after the fiscal year in which a record ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from madoguchi.lib.wareki import fiscal_year


def due_on(ended: date, years: int) -> date:
    """The first day on which a record that ended then is past its period."""
    return date(fiscal_year(ended) + 1 + years, 4, 1)


def ended_before(today: date, years: int) -> date:
    """What ended before this day is past its period today."""
    return date(fiscal_year(today) - years, 4, 1)


@dataclass(frozen=True)
class Due:
    """A record past its period: its key, the day it became due, and whom a hold may name: itself first."""

    pk: int
    on: date
    subjects: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows of one table that end by a moment of their own, and go when no other record names them.

    `ended` is a date or moment of the row, or of what it belongs to; null: not over. `years` is the key of the dated
    value in the city's data; without one nothing goes. `people` are fields that lead to persons who may be held,
    `file` one that leads to a stored file, which goes as well.
    """

    model: str  # label, as `notify.Notice`
    ended: str
    years: str
    only: Mapping[str, Any] = field(default_factory=dict)  # a condition beside
    people: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Which records end when, and how one is erased with all that belongs to it.

    `rows` is enough for a table whose rows go by themselves. Else `due` leads to `f(today) -> Iterator[Due]`,
    `erase` to `f(pk, now)`, called in a transaction, which gives the marks of the keys that went and raises
    ObjectDoesNotExist for what is gone or no longer past its period. `find` leads from the number people know a record
    by to its name in the trail.
    """

    key: str
    name: str  # Japanese: only staff see it
    period: str  # in words: how long from when, and who says so
    rows: Rows | None = None
    due: str = ""
    erase: str = ""
    find: str = ""
    needs_decision: bool = True  # a person confirms; else it goes in the night


def after_years(key: str, name: str, over: str, rows: Rows, *, needs_decision: bool = False) -> Rule:
    """The rule of `rows`, its period in words: `over` says what happened in the fiscal year the years count after."""
    period = f"{over}年度の翌年度の4月1日から、市のデータが定める年数"
    return Rule(key=key, name=name, period=period, rows=rows, needs_decision=needs_decision)
