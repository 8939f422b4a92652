"""Decisions about mandates. Pure; what a law or the city sets comes as `Bounds`."""

from dataclasses import dataclass
from datetime import date, timedelta

from madoguchi.lib.limits import Limit

PERIODS_DAYS = (30, 90, 365)  # what a principal chooses from
CODE_VALID = timedelta(days=10)
CODES = Limit("mandate.code", most=5, window=timedelta(minutes=15))


@dataclass(frozen=True)
class Bounds:
    """The age of majority, and after how long a mandate is looked at anew; dated values of the city, in years."""

    majority_years: int
    longest_years: int


def last_day_of_minority(birthdate: date, bounds: Bounds) -> date:
    """The day before the birthday that makes of age (民法4条, 年齢計算ニ関スル法律)."""
    return _years_after(birthdate, bounds.majority_years) - timedelta(days=1)


def latest_end(basis: str, birthdate: date, bounds: Bounds, *, today: date) -> date:
    """The last day a mandate may have: parents until the child comes of age, and nobody longer than the city allows."""
    latest = _years_after(today, bounds.longest_years)
    return min(latest, last_day_of_minority(birthdate, bounds)) if basis == "parent" else latest


def _years_after(day: date, years: int) -> date:
    """The same day of that year; of 29 February where there is none, the day after (民法143条2項)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
