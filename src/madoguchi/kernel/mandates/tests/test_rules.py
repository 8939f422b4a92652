"""民法4条 (18 years), 年齢計算ニ関スル法律 and 民法143条2項: when somebody comes of age."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.kernel.mandates import rules

NOW, BEFORE_2022 = rules.Bounds(18, 3), rules.Bounds(20, 3)


@pytest.mark.parametrize(
    ("born", "last_day"),
    [
        (date(2010, 4, 2), date(2028, 4, 1)),
        (date(2010, 1, 1), date(2027, 12, 31)),
        (date(2008, 3, 1), date(2026, 2, 28)),
        (date(2008, 2, 29), date(2026, 2, 28)),  # no such day in 2026: the month's last
        (date(2006, 3, 1), date(2024, 2, 29)),
    ],
)
def test_minority_ends_on_the_day_before_the_eighteenth_birthday(born, last_day):
    assert rules.last_day_of_minority(born, NOW) == last_day


def test_before_april_2022_one_came_of_age_at_twenty():
    assert rules.last_day_of_minority(date(2001, 4, 2), BEFORE_2022) == date(2021, 4, 1)


@pytest.mark.parametrize(
    ("basis", "born", "latest"),
    [
        ("parent", date(2010, 4, 2), date(2028, 4, 1)),  # of age within the three years
        ("parent", date(2020, 4, 2), date(2029, 11, 29)),
        ("guardian", date(1941, 11, 3), date(2029, 11, 29)),
        ("entrusted", date(2010, 4, 2), date(2029, 11, 29)),
    ],
)
def test_the_latest_end(basis, born, latest):
    assert rules.latest_end(basis, born, NOW, today=date(2026, 11, 29)) == latest


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1990, 1, 1), date(2080, 1, 1)))
def test_no_mandate_outlives_the_citys_years_and_no_parents_the_minority(born, today):
    latest = rules.latest_end("parent", born, NOW, today=today)
    assert latest <= today + timedelta(days=3 * 366)
    assert latest <= rules.last_day_of_minority(born, NOW)
