"""Periods begin on 1 April after the fiscal year of the end; the two ways of asking agree on every day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib.keeping import due_on, ended_before


@pytest.mark.parametrize(
    ("ended", "years", "due"),
    [
        ("2020-04-01", 5, "2026-04-01"),  # fiscal 2020, kept fiscal 2021 to 2025
        ("2021-03-31", 5, "2026-04-01"),
        ("2021-04-01", 5, "2027-04-01"),
        ("2021-03-31", 1, "2022-04-01"),
    ],
)
def test_years_count_from_the_april_after_the_end(ended, years, due):
    assert due_on(date.fromisoformat(ended), years).isoformat() == due


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 30), st.dates(date(2000, 1, 1), date(2080, 1, 1)))
def test_a_record_is_past_its_period_exactly_from_its_day_on(ended, years, today):
    assert (ended < ended_before(today, years)) == (due_on(ended, years) <= today)
