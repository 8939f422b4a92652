"""One form for names, one for matching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib import kana


@pytest.mark.parametrize(
    "typed",
    ["まどぐち　はなこ", "マドグチ ハナコ", "ﾏﾄﾞｸﾞﾁ ﾊﾅｺ", "  まどぐち   ハナコ ", "マト\u3099ク\u3099チ ハナコ"],
)
def test_every_way_to_type_a_reading_becomes_one(typed: str) -> None:
    assert kana.katakana(typed) == "マドグチ　ハナコ"


@pytest.mark.parametrize("name", ["マドグチ　ハナコ", "ヴィンセント・ファン", "オーサー", "ヰ", "グエン ヴァン"])
def test_a_katakana_name_is_known_as_one(name: str) -> None:
    assert kana.is_katakana_name(name)


@pytest.mark.parametrize("text", ["", "　", "・", "ー", "山田", "やまだ", "ﾔﾏﾀﾞ", "ヤマダ1", "ヤマダ\n", "ヤマダ<"])
def test_anything_else_is_not(text: str) -> None:
    assert not kana.is_katakana_name(text)


@pytest.mark.parametrize(
    ("one", "other"), [("ゴミ", "ごみ"), ("ｺﾞﾐ", "ごみ"), ("ＩＣＴ", "ict"), ("㈱", "(株)"), ("ヴ", "ゔ")]
)
def test_matching_sees_through_kana_width_and_case(one: str, other: str) -> None:
    assert kana.fold(one) == kana.fold(other)


def test_matching_keeps_kanji_apart() -> None:
    assert kana.fold("斉藤") != kana.fold("齋藤")


@given(st.text(alphabet=st.characters(min_codepoint=0x3041, max_codepoint=0x3096), min_size=1))
def test_hiragana_always_becomes_a_katakana_name(text: str) -> None:
    assert kana.is_katakana_name(kana.katakana(text))


@given(st.text())
def test_both_forms_are_final(text: str) -> None:
    assert kana.katakana(kana.katakana(text)) == kana.katakana(text)
    assert kana.fold(kana.fold(text)) == kana.fold(text)


def test_the_form_for_matching_is_hiragana() -> None:
    assert kana.fold("ゴミ") == "ごみ"
