"""Readings above kanji: which, where, and for whom. Expected readings: 常用漢字表 and its 付表; names by the pack."""

import re

import pytest
from django.test import Client

from madoguchi.kernel.accounts.testing import make_resident, signed_in
from madoguchi.kernel.language.furigana import marked, readings, with_furigana


def heard(text: str, overrides=()) -> list[str]:
    return [f"{text[begin:end]}:{reading}" for begin, end, reading in readings(text, overrides)]


def ruby(base: str, reading: str) -> str:
    return f"<ruby>{base}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和8年11月29日", ["令和:れいわ", "年:ねん", "月:がつ", "日:にち"]),
        ("11月3日まで", ["月:がつ", "3日:みっか"]),
        ("1月1日", ["月:がつ", "1日:ついたち"]),
        ("3日（木）", ["3日:みっか", "木:もく"]),
        ("5日以内", ["5日:いつか", "以内:いない"]),
        ("一人", ["一人:ひとり"]),
        ("20歳", ["20歳:はたち"]),
        ("2階と3階", ["階:かい", "階:がい"]),
        ("3本", ["本:ぼん"]),
        ("3分野", ["分野:ぶんや"]),
        ("届け出る", ["届:とど", "出:で"]),
        ("今日", ["今日:きょう"]),
        ("上手", ["上手:じょうず"]),
        ("ひらがな", []),
        ("ABC 123", []),
    ],
)
def test_what_is_read_how(text, expected):
    overrides = (("上手", "じょうず"),)  # the dictionary reads かみて where nothing stands around it
    assert heard(text, overrides) == expected


def test_the_pack_knows_better_than_the_dictionary():
    assert heard("例示市の窓口", (("例示市", "れいじし"),)) == ["例示市:れいじし", "窓口:まどぐち"]


def test_the_longer_of_two_words_of_the_pack_counts():
    assert heard("二十日", (("二", "に"), ("二十日", "はつか"))) == ["二十日:はつか"]


def test_one_kanji_of_the_pack_counts_only_as_a_word_of_its_own():
    overrides = (("方", "かた"), ("新しい方", "あたらしいほう"))
    assert heard("請求した方", overrides) == ["請求:せいきゅう", "方:かた"]
    assert heard("方法", overrides) == ["方法:ほうほう"]
    assert heard("新しい方", overrides) == ["新:あたら", "方:ほう"]


def test_an_element_in_japanese_has_its_readings():
    assert with_furigana('<p lang="ja">電話</p>', (), remember=False) == f'<p lang="ja">{ruby("電話", "でんわ")}</p>'


def test_a_name_of_a_person_gets_no_reading():
    assert heard("山田 太郎さん") == []


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="電話">',
        '<a title="電話" href="/電話/">x</a>',
        "<title>電話</title>",
        "<select><option>電話</option></select>",
        "<textarea>電話</textarea>",
        '<script>"電話"</script>',
        "<svg><text>電話<g></g>電話</text><svg></svg>電話</svg>",
        f"<p>{ruby('電話', 'でんわ')}</p>",
        '<a lang="zh">电话号码</a>',
        '<p lang="ko"><b>漢字</b>漢字</p>',
        "<!-- 電話 -->",
    ],
)
def test_where_ruby_cannot_stand_the_text_stays(html):
    assert with_furigana(html, (), remember=False) == html


@pytest.mark.parametrize(
    "before",
    ["<title>電話</title>", '<svg><path d=""/></svg>', '<a lang="en">x</a>', '<input lang="en">', "<pre>電話</pre>"],
)
def test_readings_begin_again_behind_it(before):
    page = before + "<p>電話</p>"
    assert with_furigana(page, (), remember=False) == before + f"<p>{ruby('電話', 'でんわ')}</p>"


def test_what_was_escaped_stays_escaped():
    text = "&lt;b&gt;電話&amp;&#x27;3日&#39;&lt;/b&gt;"
    expected = f"&lt;b&gt;{ruby('電話', 'でんわ')}&amp;&#x27;{ruby('3日', 'みっか')}&#39;&lt;/b&gt;"
    assert with_furigana(text, (), remember=False) == expected


@pytest.mark.parametrize("text", ["字" * 60_000, "9" * 6000 + "日", "<" * 9000, "&" * 9000, "第1条" * 2000])
def test_a_text_of_any_length_is_taken(text):
    assert re.sub(r"<ruby>(.*?)<rp>.*?</ruby>", r"\1", with_furigana(text, (), remember=False)) == text


def test_a_second_pass_adds_nothing():
    once = with_furigana("<button>手続をはじめる</button>", (), remember=False)
    assert with_furigana(once, (), remember=False) == once


@pytest.mark.parametrize("address", ["/", "/directory/", "/procedures/resident-record-copy/", "/plan/"])
def test_a_page_with_readings_says_what_it_said(example_city, address):
    """Without its rubies the page is the same, but for the switch itself."""
    browser = Client()
    plain = browser.get(address).content.decode()
    browser.get("/furigana/on/")
    with_readings = browser.get(address).content.decode()
    assert "<rt>" not in plain
    assert with_readings.count("<rt>") > 50
    taken_off = re.sub(r"<ruby>(.*?)<rp>\(</rp><rt>[ぁ-ゖー]+</rt><rp>\)</rp></ruby>", r"\1", with_readings)
    switch = re.compile(r'<li><a href="/furigana/.*?</li>')
    assert switch.sub("", taken_off) == switch.sub("", plain)


def test_the_switch_leads_back_and_off_again(example_city):
    browser = Client()
    assert "ふりがなを付ける" in browser.get("/plan/").content.decode()
    answer = browser.get("/furigana/on/?next=/plan/")
    assert answer["Location"] == "/plan/"
    said = browser.get("/plan/").content.decode()
    assert "/furigana/off/?next=%2Fplan%2F" in said
    browser.get("/furigana/off/")
    assert "<rt>" not in browser.get("/plan/").content.decode()
    assert browser.get("/furigana/maybe/").status_code == 404
    assert browser.get("/furigana/on/?next=https://example.com/")["Location"] == "/"


def test_kept_pages_with_and_without_readings_are_two(example_city):
    plain, reader = Client(), Client()
    reader.get("/furigana/on/")
    for _ in range(2):
        assert "<rt>" in reader.get("/").content.decode()
        assert "<rt>" not in plain.get("/").content.decode()


def test_english_pages_have_none(example_city):
    browser = Client()
    browser.get("/furigana/on/")
    browser.get("/language/en/")
    said = browser.get("/").content.decode()
    assert "<rt>" not in said
    assert "/furigana/" not in said


def test_texts_of_a_signed_in_person_are_not_remembered(example_city):
    from madoguchi.kernel.language.furigana import remembered

    browser = signed_in(make_resident(name="窓口 花子"))
    browser.get("/furigana/on/")
    remembered.cache_clear()
    assert "<rt>" in browser.get("/my/").content.decode()
    assert remembered.cache_info().currsize == 0


def test_one_piece_of_text():
    assert marked("手続をさがす", ()) == f"{ruby('手続', 'てつづき')}をさがす"
