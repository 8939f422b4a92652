"""Sentences and verdicts of the guidelines themselves, where they give one."""

import pytest

from madoguchi.lib.easy import Rules, findings

RULES = Rules(sentence_chars=25, sentence_kanji=13, words={"届出": "知(し)らせる", "届出期限": "いつまで"})


def kinds(text: str, rules: Rules = RULES) -> list[tuple[str, str]]:
    return [(text[one.begin : one.end], one.kind) for one in findings(text, rules)]


@pytest.mark.parametrize(
    "text",
    [
        # 「在留支援のためのやさしい日本語ガイドライン」(2020): readings in brackets behind the kanji
        "●住民税(じゅうみんぜい)を 払(はら)います。",
        "この 部屋(へや)は、使(つか)うことが できます。",
        "3か月(げつ)より あたらしい もの",
        "手続(てつづ)きを して ください。",
        "",
    ],
)
def test_a_text_in_easy_japanese_has_nothing_to_mend(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        # the first two are the guideline's own examples of a double negative
        "つかえないわけでは ありません。",
        "この みちは とおれないことは ない。",
        "はらわなければ なりません。",
        "やめざるを得(え)ません。",
    ],
)
def test_a_double_negative_is_found(text):
    assert [kind for _, kind in kinds(text)] == ["negative"]


@pytest.mark.parametrize("text", ["つかえません。", "なくなりません。", "だれも いなくなった とき"])
def test_one_negative_is_none(text):
    assert kinds(text) == []


def test_every_kanji_has_its_reading():
    assert kinds("電話で 聞(き)いて") == [("電話", "reading")]


@pytest.mark.parametrize("text", ["手続き(てつづき)", "紙（かみ）"])
def test_a_reading_that_the_page_cannot_put_above_its_kanji_is_found(text):
    assert "misplaced" in dict(kinds(text)).values()


def test_the_length_counts_neither_readings_nor_spaces():
    text = "あ " * 24 + "字(あいうえお)。"
    assert kinds(text) == []
    assert kinds("あ" + text) == [("あ" + text, "long")]


def test_each_sentence_counts_for_itself():
    assert kinds("あ" * 25 + "。" + "い" * 25 + "\n" + "う" * 25) == []


def test_no_more_kanji_than_the_city_says():
    """弘前大学社会言語学研究室 (2019), category II: thirteen."""
    assert kinds("字(じ)" * 13) == []
    assert kinds("字(じ)" * 14) == [("字(じ)" * 13 + "字", "kanji")]


def test_a_hard_word_is_found_though_its_reading_stands_inside():
    assert kinds("届(とどけ)出(で)を します") == [("届(とどけ)出", "word")]


def test_the_longer_of_two_hard_words_is_named_once():
    assert kinds("届出期限(とどけできげん)は") == [("届出期限", "word")]


def test_a_hard_word_that_is_explained_may_stay():
    assert kinds("届出(とどけで)〈知(し)らせる こと〉") == []


def test_the_advice_names_the_easier_word():
    assert "知(し)らせる" in findings("届出(とどけで)", RULES)[0].advice
