"""Dates, times, money and marks as residents read them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from madoguchi.ui.templatetags import charts, face
from madoguchi.ui.words import LocalText

MONDAY = date(2026, 11, 23)


def rendered(source: str, **context: object) -> str:
    return Template("{% load face charts %}" + source).render(Context(context))


def test_a_date_is_written_in_the_era_with_its_weekday():
    assert rendered("{{ day|wareki }}", day=MONDAY) == "令和8年11月23日（月）"


def test_an_english_page_writes_the_western_date_and_the_era_behind_it():
    with override("en"):
        assert rendered("{{ day|wareki }}", day=MONDAY) == "23 November 2026 (Reiwa 8)"
        assert rendered("{{ day|wareki_short }}", day=MONDAY) == "23 Nov 2026"


def test_easy_japanese_counts_in_western_years_and_says_how_to_read_them():
    with override("ja-easy"):
        assert rendered("{{ day|wareki }}", day=MONDAY) == "2026年(ねん)11月(がつ)23日(にち) 月曜日(げつようび)"


def test_an_instant_is_shown_on_the_citys_clock():
    late = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)  # 24 November, 0:05 in Japan
    assert rendered("{{ at|wareki }} {{ at|clocktime }}", at=late) == "令和8年11月24日（火） 0時05分"
    with override("en"):
        assert rendered("{{ at|clocktime }}", at=late) == "0:05"


@pytest.mark.parametrize(("language", "expected"), [("ja", "1,410円"), ("ja-easy", "1,410円(えん)"), ("en", "¥1,410")])
def test_money_is_written_as_each_register_writes_it(language, expected):
    with override(language):
        assert face.yen(1410) == expected


@pytest.mark.parametrize("name", ["wareki", "wareki_short", "clocktime", "yen", "people"])
def test_what_is_unknown_is_drawn_as_unknown(name):
    assert rendered("{{ nothing|" + name + " }}", nothing=None) == "—"


def test_a_status_is_ground_icon_and_word():
    html = rendered('{% tag "ok" "完了" %}')
    assert 'class="tag is-ok"' in html
    assert "#i-ok" in html
    assert "完了" in html


def test_a_word_of_a_status_is_escaped():
    assert "<b>" not in rendered('{% tag "ok" word %}', word="<b>")


def test_a_japanese_fallback_on_an_english_page_carries_its_language():
    with override("en"):
        assert rendered("{{ t|marked }}", t=LocalText(ja="市民課")) == '<span lang="ja">市民課</span>'
        assert rendered("{{ t|marked }}", t=LocalText(ja="市民課", en="Citizens")) == "Citizens"


def test_a_table_names_every_cell_for_narrow_screens():
    html = rendered('{% table columns rows caption="手数料" %}', columns=["方法", "手数料"], rows=[["郵送", "300円"]])
    assert '<th scope="row">郵送</th>' in html
    assert 'data-l="手数料"' in html


def test_a_plan_without_an_end_is_hatched_from_its_second_half_year():
    line = charts.Line(label="すすめる", spoken="計画", planned=[charts.Span(first=0, last=None)])
    html = rendered("{% halves years lines %}", years=[("令和2年度", ["上期", "下期"])], lines=[line])
    assert '<rect x="0.0%" width="50.0%" height="100%"/>' in html
    assert '<rect class="open" x="50.0%" width="50.0%" height="100%"/>' in html


def test_a_line_of_one_value_is_not_drawn():
    assert charts.spark([3]) == ""


def test_the_highest_value_of_a_line_is_at_the_top_and_the_lowest_at_the_bottom():
    assert 'd="M0 36 120 4"' in charts.spark([1, 9])


@pytest.mark.parametrize(("percent", "width"), [(-5, "0%"), (38.4, "38.4%"), (140, "100%")])
def test_a_gauge_stays_inside_its_frame(percent, width):
    assert f'class="g1" width="{width}"' in charts.gauge(percent)
