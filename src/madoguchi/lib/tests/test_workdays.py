"""An office is closed at weekends, on national holidays (国民の祝日に関する法律) and on the city's own days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib.workdays import BusinessCalendar

NEW_YEAR = frozenset(date(2026, 12, 29) + timedelta(days=days) for days in range(6))  # 29 December to 3 January
OFFICE = BusinessCalendar(NEW_YEAR)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 22),  # Sunday
        date(2026, 11, 23),  # 勤労感謝の日
        date(2026, 9, 22),  # 国民の休日, between 敬老の日 and 秋分の日
        date(2026, 5, 6),  # 振替休日 of 憲法記念日
        date(2019, 5, 1),  # the day the Emperor acceded, by a law of its own
        date(2026, 12, 29),
    ],
)
def test_the_office_is_closed(day: date) -> None:
    assert not OFFICE.is_open(day)


@pytest.mark.parametrize(
    "day",
    [date(2026, 11, 24), date(2026, 12, 28), date(2027, 1, 4), date(2021, 10, 11), date(2020, 10, 12)],
)
def test_the_office_is_open(day: date) -> None:
    """In 2020 and 2021 スポーツの日 was moved to July for the Games."""
    assert OFFICE.is_open(day)


def test_a_closure_of_one_city_is_not_one_of_another() -> None:
    assert BusinessCalendar().is_open(date(2026, 12, 29))


@pytest.mark.parametrize(
    ("start", "working_days", "end"),
    [
        (date(2026, 9, 18), 1, date(2026, 9, 24)),  # Friday; then a weekend and three holidays
        (date(2026, 12, 28), 1, date(2027, 1, 4)),
        (date(2026, 11, 20), 3, date(2026, 11, 26)),
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_adding_skips_every_closed_day(start: date, working_days: int, end: date) -> None:
    assert OFFICE.add(start, working_days) == end


def test_working_days_are_not_counted_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        OFFICE.add(date(2026, 11, 24), -1)


def test_the_next_open_day_of_an_open_day_is_itself() -> None:
    assert OFFICE.next_open(date(2026, 11, 24)) == date(2026, 11, 24)
    assert OFFICE.next_open(date(2026, 11, 21)) == date(2026, 11, 24)


def test_counting_leaves_the_first_day_out_and_takes_the_last_in() -> None:
    assert OFFICE.count(date(2026, 11, 20), date(2026, 11, 26)) == 3
    assert OFFICE.count(date(2026, 11, 26), date(2026, 11, 20)) == 0


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_undo_each_other(day: date, working_days: int) -> None:
    end = OFFICE.add(day, working_days)
    assert OFFICE.is_open(end)
    assert OFFICE.count(day, end) == working_days


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_adding_twice_is_adding_the_sum(day: date, first: int, second: int) -> None:
    assert OFFICE.add(OFFICE.add(day, first), second) == OFFICE.add(day, first + second)


@given(DAYS)
def test_no_open_day_is_passed_over(day: date) -> None:
    found = OFFICE.next_open(day)
    assert OFFICE.is_open(found)
    assert not any(OFFICE.is_open(day + timedelta(days=days)) for days in range((found - day).days))
