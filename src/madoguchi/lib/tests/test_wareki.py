"""Eras begin and end on the days of JIS X 0301:2019."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib import wareki

SOLAR_DAYS = st.dates(min_value=wareki.FIRST_DAY, max_value=date(2117, 12, 31))

# JIS X 0301:2019, table of eras: first and last day of each
BOUNDARIES = [
    ("明治", 6, 1, 1, date(1873, 1, 1)),
    ("明治", 45, 7, 29, date(1912, 7, 29)),
    ("大正", 1, 7, 30, date(1912, 7, 30)),
    ("大正", 15, 12, 24, date(1926, 12, 24)),
    ("昭和", 1, 12, 25, date(1926, 12, 25)),
    ("昭和", 64, 1, 7, date(1989, 1, 7)),
    ("平成", 1, 1, 8, date(1989, 1, 8)),
    ("平成", 31, 4, 30, date(2019, 4, 30)),
    ("令和", 1, 5, 1, date(2019, 5, 1)),
]


@pytest.mark.parametrize(("era", "year", "month", "day", "gregorian"), BOUNDARIES)
def test_the_first_and_last_day_of_each_era_is_read_and_written(
    era: str, year: int, month: int, day: int, gregorian: date
) -> None:
    assert wareki.parse(era, year, month, day) == gregorian
    assert wareki.year(gregorian) == f"{era}{'元' if year == 1 else year}年"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (("昭和", 64, 3, 1), "平成元年3月1日"),
        (("昭和", 64, 1, 8), "平成元年1月8日"),
        (("平成", 1, 1, 7), "昭和64年1月7日"),
        (("平成", 31, 5, 1), "令和元年5月1日"),
        (("平成", 38, 11, 24), "令和8年11月24日"),
        (("令和", 1, 4, 30), "平成31年4月30日"),
        (("昭和", 1, 12, 24), "大正15年12月24日"),
        (("大正", 1, 7, 29), "明治45年7月29日"),
        (("大正", 15, 12, 25), "昭和元年12月25日"),
    ],
)
def test_a_day_of_another_era_is_refused_with_its_right_name(written: tuple[str, int, int, int], right: str) -> None:
    with pytest.raises(wareki.WrongEra) as refusal:
        wareki.parse(*written)
    assert refusal.value.right == right


@pytest.mark.parametrize(
    "written",
    [
        ("令和", 8, 2, 29),
        ("令和", 8, 4, 31),
        ("令和", 8, 13, 1),
        ("令和", 0, 5, 1),
        ("令和", -1, 5, 1),
        ("明治", 5, 12, 31),
        ("慶応", 4, 1, 1),
        ("", 1, 1, 1),
        ("令和", 10**20, 1, 1),
    ],
)
def test_a_day_in_no_calendar_is_refused(written: tuple[str, int, int, int]) -> None:
    with pytest.raises(wareki.NoSuchDate):
        wareki.parse(*written)


def test_a_leap_day_exists_in_its_year_only() -> None:
    assert wareki.parse("令和", 6, 2, 29) == date(2024, 2, 29)


def test_the_letter_of_an_era_stands_for_its_name() -> None:
    assert wareki.parse("R", 8, 11, 23) == date(2026, 11, 23)


def test_before_the_solar_calendar_there_is_no_answer() -> None:
    with pytest.raises(wareki.NoSuchDate):
        wareki.year(date(1872, 12, 31))


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 11, 23), "令和8年11月23日（月）", "R8.11.23"),
        (date(2019, 5, 1), "令和元年5月1日（水）", "R1.5.1"),
        (date(1985, 4, 1), "昭和60年4月1日（月）", "S60.4.1"),
    ],
)
def test_residents_read_the_long_form_and_staff_the_short(day: date, long: str, short: str) -> None:
    assert (wareki.long(day), wareki.short(day)) == (long, short)


@given(SOLAR_DAYS)
def test_what_is_written_reads_back_as_the_same_day(day: date) -> None:
    era = wareki.era_of(day)
    assert wareki.parse(era.name, day.year - era.offset, day.month, day.day) == day


@given(SOLAR_DAYS, st.sampled_from(wareki.ERAS), st.integers(1, 150))
def test_no_day_has_two_names(day: date, era: wareki.Era, year: int) -> None:
    try:
        read = wareki.parse(era.name, year, day.month, day.day)
    except (wareki.NoSuchDate, wareki.WrongEra):
        return
    assert (wareki.era_of(read), read.year - era.offset) == (era, year)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2027, 1, 1), 2026)],
)
def test_the_fiscal_year_turns_on_the_first_of_april(day: date, year: int) -> None:
    assert wareki.fiscal_year(day) == year


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2026, "令和8年度"),
        (2020, "令和2年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
    ],
)
def test_a_fiscal_year_is_named_as_the_ministries_name_it(year: int, label: str) -> None:
    assert wareki.fiscal_year_label(year) == label
    assert wareki.fiscal_year_era(year).name == label[:2]
