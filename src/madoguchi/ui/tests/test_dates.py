"""Dates as people write them, at the edges of the eras (元号法; 昭和64年 ended on 7 January 1989)."""

from datetime import date

import pytest
from django.utils.translation import override

from madoguchi.ui.forms import FaceForm, WarekiDateField


class Birth(FaceForm):
    day = WarekiDateField(label="生年月日", not_after=date(2026, 11, 24))


def answer(era: str, year: str, month: str, day: str) -> Birth:
    return Birth({"day_era": era, "day_year": year, "day_month": month, "day_day": day})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("昭和", "64", "1", "7"), date(1989, 1, 7)),
        (("平成", "元", "1", "8"), date(1989, 1, 8)),
        (("平成", "31", "4", "30"), date(2019, 4, 30)),
        (("令和", "1", "5", "1"), date(2019, 5, 1)),
        (("大正", "15", "12", "24"), date(1926, 12, 24)),
        (("明治", "45", "7", "29"), date(1912, 7, 29)),
        (("ad", "2024", "2", "29"), date(2024, 2, 29)),
        (("昭和", "６０", "４", "１"), date(1985, 4, 1)),
    ],
)
def test_a_day_of_an_era_is_understood(typed, expected):
    form = answer(*typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("昭和", "64", "3", "3"), "昭和64年3月3日は、平成元年3月3日にあたります。年号を確かめてください"),
        (("令和", "1", "4", "30"), "令和元年4月30日は、平成31年4月30日にあたります。年号を確かめてください"),
        (("ad", "2023", "2", "29"), "2月29日は、その年にありません。日付を確かめてください"),
        (("平成", "3", "13", "1"), "月は1から12までの数字で入力してください"),
        (("ad", "64", "1", "1"), "西暦は4けたで入力してください。和暦のときは年号を選んでください"),
        (("平成", "3", "", ""), "月と日も入力してください"),
        (("平成", "さん", "1", "1"), "年は数字で入力してください"),
        (("令和", "8", "11", "25"), "令和8年11月24日（火）以前の日付を入力してください"),
        (("ad", "", "", ""), "生年月日を入力してください"),
        (("安政", "3", "1", "1"), "年号を選んでください"),
        (("ad", "9" * 5000, "1", "1"), "年は数字で入力してください"),
    ],
)
def test_an_error_says_what_is_so_and_what_to_do(typed, sentence):
    assert answer(*typed).errors["day"] == [sentence]


def test_what_was_typed_stands_in_the_boxes_again():
    html = str(answer("昭和", "64", "3", "3")["day"])
    assert 'value="64"' in html
    assert '<option value="昭和" selected>' in html


def test_a_known_date_is_shown_in_its_era_and_on_english_pages_in_western_years():
    form = Birth(initial={"day": date(1989, 3, 3)})
    assert '<option value="平成" selected>' in str(form["day"])
    with override("en"):
        assert '<option value="ad" selected>' in str(form["day"])
        assert 'value="1989"' in str(form["day"])
