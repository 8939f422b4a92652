"""What a text is found by: spellings, readings, slips."""

import pytest

from madoguchi.kernel.search.lexicon import words
from madoguchi.kernel.search.tokens import joined, label, of_names, of_text, reading
from madoguchi.lib.kana import row_of, sound


@pytest.mark.parametrize(
    "same",
    [
        ("引越し", "引っ越し"),
        ("子供", "こども", "子ども"),
        ("ゴミ", "ごみ", "ｺﾞﾐ"),
        ("障害", "障がい"),
        ("申込み", "申し込み"),
    ],
)
def test_spellings_of_one_word_share_its_normal_form(same):
    assert set.intersection(*({token for token in of_text(text) if token[0] == "n"} for text in same))


@pytest.mark.parametrize(
    "same",
    [
        ("住民票", "じゅうみんひょう", "ジュウミンヒョウ", "住民標", "じゅみんひょ", "じゆうみんひよう"),
        ("児童手当", "じどうてあて", "じどおてあて"),
        ("続き", "つづき", "つずき"),
        ("警察", "けいさつ", "けーさつ", "けえさつ"),
    ],
)
def test_what_sounds_alike_reads_alike(same):
    assert len({reading(text) for text in same}) == 1


def test_long_vowels_are_those_of_the_modern_spelling_of_kana():
    # 現代仮名遣い（昭和61年内閣告示第1号）第1の5: the long sounds of お and え rows are written with う and い
    assert sound("おとうさん") == "おとさん"
    assert sound("とけい") == "とけ"
    assert sound("すうがく") == "すがく"
    assert sound("こおり") == "こり"  # 第2の6
    assert sound("あいて") == "あいて"


def test_grammar_is_no_token():
    assert [word.normal for word in words("住民票がほしいです") if word.is_content] == ["住民", "票"]


def test_names_weigh_more_than_texts():
    assert "n住民" in of_text("住民票")
    assert "hn住民" not in of_text("住民票")
    assert {"n住民", "hn住民", "e住民票", "x住", "x住民", "xじゆ"} <= of_names(["住民票"])


def test_no_token_holds_what_a_database_could_cut():
    nasty = '住民票の写し（本人）\'); DROP TABLE x; -- "a" & b | c:* 𠮷野家 ①㈱ カ\u3099 \u0000 _a_'
    for token in of_names([nasty]) | {label("k", "plan.measure"), label("p", "x.y@z")}:
        assert token.isalnum(), token


def test_english_plurals():
    assert "nallowance" in of_text("Allowances")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("いんかん", "あ"),
        ("ガン", "か"),
        ("っ", "た"),
        ("ぱすぽーと", "は"),
        ("ヴ", "あ"),
        ("ん", "わ"),
        ("A", "#"),
        ("", "#"),
    ],
)
def test_rows_of_the_fifty_sounds(text, row):
    assert row_of(text) == row


def test_joined_leaves_out_what_stands_between():
    assert joined("住民票 の-写し") == "住民票の写し"
