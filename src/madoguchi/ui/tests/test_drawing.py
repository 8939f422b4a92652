"""Gantt charts, charts with axes and drawn maps: what the geometry must hold."""

from datetime import date
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.ui import gantt
from madoguchi.ui.places import draw
from madoguchi.ui.plot import BASE_PX, TOP_PX, number_box, plot

TODAY = date(2026, 11, 25)


def line(**periods):
    return gantt.chart([{"label": "公開", **periods}], today=TODAY).rows[0]


def test_a_year_of_work_is_drawn_to_scale():
    chart = gantt.chart([{"label": "一年", "baseline": [date(2026, 1, 1), date(2026, 12, 31)]}], today=TODAY)
    assert (chart.rows[0].baseline.x, chart.rows[0].baseline.width) == (0, 100)
    assert isclose(chart.today, 100 * 328 / 365, abs_tol=0.01)  # 25 November is day 329 of 2026


def test_three_marks_stand_apart_and_say_their_dates():
    row = line(
        baseline=[date(2026, 7, 1), date(2026, 9, 30)],
        revised=[date(2026, 8, 1), date(2026, 11, 30)],
        actual=[date(2026, 8, 17), None],
    )
    assert row.baseline.words == "R8.7.1～R8.9.30"
    assert row.actual.words == "R8.8.17～（進行中）"
    assert row.baseline.x < row.revised.x < row.actual.x


def test_the_move_of_the_end_is_counted_in_days():
    row = line(baseline=[date(2026, 7, 1), date(2026, 9, 30)], actual=[date(2026, 7, 1), date(2026, 10, 31)])
    assert row.actual_slip == "終わりが、はじめの計画より31日あと"
    running = line(
        baseline=[date(2026, 7, 1), date(2026, 9, 30)],
        revised=[date(2026, 7, 1), date(2026, 9, 29)],
        actual=[date(2026, 7, 1), None],
    )
    assert (running.revised_slip, running.actual_slip) == ("終わりが、はじめの計画より1日まえ", "")


def test_a_plan_without_an_end_is_dashed_to_the_edge():
    mark = line(baseline=[date(2026, 10, 1), None]).baseline
    assert isclose(mark.open_x + mark.open_width, 100)
    assert "終わりの記載なし" in mark.words


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="公開: baseline"):
        line(baseline=[date(2026, 10, 2), date(2026, 10, 1)])


def test_fiscal_years_begin_in_april():
    rows = [{"label": "長い", "baseline": [date(2024, 4, 1), date(2029, 3, 31)]}]
    ticks = gantt.chart(rows, today=TODAY).ticks
    assert [label for _, label in ticks] == ["R6年度", "R7年度", "R8年度", "R9年度", "R10年度"]
    assert [x for x, _ in ticks] == pytest.approx([0, 20, 40, 60, 80], abs=0.1)


days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(st.lists(st.tuples(days, days), min_size=1, max_size=8), days)
def test_every_mark_lies_on_the_line(periods, today):
    rows = [{"label": "", "baseline": sorted(pair), "actual": [min(pair), None]} for pair in periods]
    chart = gantt.chart(rows, today=today)
    for row in chart.rows:
        for mark in (row.baseline, row.actual):
            assert mark.x >= 0
            assert mark.x + mark.width <= 100.5
    assert len(chart.ticks) <= 7


def test_bars_reach_from_zero_to_their_value():
    drawn = plot(["4月", "5月"], [{"name": "件数", "values": [50, 100]}])
    half, full = drawn.series[0].bars
    assert (full.y, full.height) == (TOP_PX, BASE_PX - TOP_PX)
    assert half.height == full.height / 2


def test_a_missing_figure_is_a_gap_and_never_a_zero():
    drawn = plot(["4月", "5月", "6月"], [{"name": "件数", "values": [1, None, 3]}])
    assert len(drawn.series[0].bars) == 2
    assert drawn.series[0].runs == []


def test_four_series_cannot_be_told_apart():
    with pytest.raises(ValueError, match="at most 3 series"):
        plot(["4月"], [{"name": str(number), "values": [1]} for number in range(4)])


@pytest.mark.parametrize(
    ("series", "numbered"),
    [
        ([[31], [29]], "all"),
        ([[403891, 51204, 9871]], "all"),
        ([[403891, 51204, 9871], [403890, 51000, 9870]], "wide"),  # nearly as high, 27 pixels apart on a phone
        ([[403891, 51204, 9871], [403890, 51000, 9870], [403000, 50000, 9000]], "widest"),
        ([[1000 + number for number in range(40)]], ""),
        ([[1000, 9000, 1000, 9000, 1000, 9000, 1000, 9000]], "wide"),  # a low bar's number would lie on a high bar
    ],
)
def test_numbers_stand_where_none_touches_another_or_a_bar(series, numbered):
    labels = [str(number) for number in range(len(series[0]))]
    assert plot(labels, [{"name": "", "values": values} for values in series]).numbered == numbered


def test_a_number_on_a_phone_is_as_wide_as_its_digits():
    (bar,) = plot(["4月"], [{"name": "", "values": [403891]}]).series[0].bars
    left, top, right, bottom = number_box(bar, "bars", 232)
    assert ((left + right) / 2, right - left) == (116, 7 * 8)  # 403,891 over the middle
    assert (bottom, bottom - top) == (bar.y - 6, 14)


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-6)), max_size=40))
def test_every_bar_lies_between_the_outer_ticks(values):
    drawn = plot([str(number) for number in range(len(values))], [{"name": "", "values": values}])
    for bar in drawn.series[0].bars:
        assert bar.y >= TOP_PX - 0.2
        assert bar.y + bar.height <= BASE_PX + 0.2
    assert 2 <= len(drawn.ticks) <= 8


def test_north_is_up_east_is_right_and_the_scale_is_true():
    # a second of arc of latitude is 30.9 m; the two places lie 0.009 degrees = 1002 m apart on one meridian
    drawing = draw([{"lon": 139.5, "lat": 35.700}, {"lon": 139.5, "lat": 35.709}, {"lon": 139.501, "lat": 35.7}])
    south, north, east = drawing.points
    assert north.y < south.y
    assert east.x > south.x
    assert isclose((south.y - north.y) / drawing.scale_width * drawing.scale_m, 1002, rel_tol=0.01)


def test_places_keep_their_numbers_where_one_has_no_point():
    assert [point.number for point in draw([{"label": "?"}, {"lon": 139.5, "lat": 35.7}]).points] == [2]
    assert draw([{"label": "?"}]) is None
