"""Decisions about mandates. Pure."""

from datetime import date, timedelta

from madoguchi.lib.limits import Limit

PERIODS_DAYS = (30, 90, 365)
CODE_VALID = timedelta(days=10)
CODES = Limit("mandate.code", most=5, window=timedelta(minutes=15))
LONGEST_DAYS = 3 * 366  # a mandate is looked at anew every three years
MAJORITY_YEARS = 18  # 民法4条, since 2022-04-01


def last_day_of_minority(birthdate: date) -> date:
    """The day before the 18th birthday; who was born on 29 February comes of age on 1 March (年齢計算ニ関スル法律)."""
    try:
        birthday = birthdate.replace(year=birthdate.year + MAJORITY_YEARS)
    except ValueError:
        birthday = date(birthdate.year + MAJORITY_YEARS, 3, 1)
    return birthday - timedelta(days=1)


def latest_end(basis: str, birthdate: date | None, *, today: date) -> date:
    """The last day a mandate may have: parents until the child comes of age, and nobody longer than three years."""
    latest = today + timedelta(days=LONGEST_DAYS)
    return min(latest, last_day_of_minority(birthdate)) if basis == "parent" and birthdate else latest
