"""保存期間: rules of what ends when; years count from 1 April after the fiscal year in which a record ended."""

from dataclasses import dataclass
from datetime import date

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
class Rule:
    """Which records end when, and how one is erased with all that belongs to it.

    `due` is a dotted path to `f(today) -> Iterator[Due]`; `erase` to `f(pk, now)`, called in a transaction, which gives
    the marks of the keys that went and raises ObjectDoesNotExist for what is gone or no longer past its period.
    `find` leads from the number people know a record by to its name in the trail.
    """

    key: str
    name: str  # Japanese: only staff see it
    period: str  # in words: how long from when, and who says so
    due: str
    erase: str
    find: str = ""
    needs_decision: bool = True  # a person confirms; else it goes in the night
