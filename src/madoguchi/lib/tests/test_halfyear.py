"""The plan is scheduled by halves of fiscal years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib.halfyear import HalfYear

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))
HALVES = st.builds(HalfYear, st.integers(2000, 2060), st.sampled_from([1, 2]))


def test_the_first_half_is_april_to_september() -> None:
    half = HalfYear.parse("2020H1")
    assert (half.first, half.last) == (date(2020, 4, 1), date(2020, 9, 30))


def test_the_second_half_ends_in_the_march_after() -> None:
    half = HalfYear.parse("2020H2")
    assert (half.first, half.last) == (date(2020, 10, 1), date(2021, 3, 31))


@pytest.mark.parametrize(
    ("text", "label", "label_en"),
    [
        ("2020H1", "令和2年度上半期", "First half of FY2020"),
        ("2019H2", "令和元年度下半期", "Second half of FY2019"),
        ("2018H2", "平成30年度下半期", "Second half of FY2018"),
    ],
)
def test_it_is_named_by_its_fiscal_year(text: str, label: str, label_en: str) -> None:
    assert (HalfYear.parse(text).label, HalfYear.parse(text).label_en) == (label, label_en)


@pytest.mark.parametrize("text", ["", "2020", "2020H3", "2020h1", "20H1", " 2020H1", "２０２０H1\n", "2020H1\n"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="half-year"):
        HalfYear.parse(text)


def test_there_is_no_third_half() -> None:
    with pytest.raises(ValueError, match="halves 1 and 2"):
        HalfYear(2020, 3)


def test_a_stretch_takes_both_ends_in() -> None:
    stretch = HalfYear.parse("2020H2").through(HalfYear.parse("2022H1"))
    assert [str(half) for half in stretch] == ["2020H2", "2021H1", "2021H2", "2022H1"]


def test_a_stretch_backward_is_empty() -> None:
    assert list(HalfYear.parse("2021H1").through(HalfYear.parse("2020H2"))) == []


@given(DAYS)
def test_a_day_lies_in_its_own_half_and_in_neither_neighbour(day: date) -> None:
    half = HalfYear.of(day)
    assert half.first <= day <= half.last
    assert half.contains(day)
    assert not half.next.contains(day)
    assert not HalfYear.of(half.first - timedelta(days=1)).contains(day)


@given(HALVES)
def test_text_and_value_are_the_same(half: HalfYear) -> None:
    assert HalfYear.parse(str(half)) == half


@given(HALVES, HALVES)
def test_the_order_is_that_of_the_days(one: HalfYear, other: HalfYear) -> None:
    assert (one < other) == (one.first < other.first)
    assert one < one.next
