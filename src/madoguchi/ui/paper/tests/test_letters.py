"""A letter can be read by eye and by ear: PDF/UA-1 structure, title and language."""

import pytest

from madoguchi.ui.paper.tests.letters import APPROVAL, RECEIPT, REFUSAL, elements, letter, words

LETTERS = [("receipt", RECEIPT), ("decision", REFUSAL), ("decision", APPROVAL)]


def kinds(pdf):
    return [element["/S"] for element in elements(pdf)]


@pytest.mark.parametrize(("template", "data"), LETTERS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_letter_is_tagged_and_has_title_and_language(template, data, lang):
    pdf = letter(template, data, lang=lang)
    catalog = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalog["/Lang"].startswith(lang)
    assert pdf.metadata.title == data["title"]
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()


@pytest.mark.parametrize(("template", "data"), LETTERS)
def test_headings_are_real_and_begin_with_one_title(template, data):
    headings = [kind for kind in kinds(letter(template, data)) if kind.startswith("/H")]
    assert headings[0] == "/H1"
    assert set(headings[1:]) == {"/H2"}


@pytest.mark.parametrize(("template", "data"), LETTERS)
def test_every_table_names_its_columns(template, data):
    found = kinds(letter(template, data))
    assert found.count("/TH") == 2 * found.count("/Table") > 0


def test_the_code_on_the_receipt_is_described_in_words():
    figures = [element for element in elements(letter("receipt", RECEIPT)) if element["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["この手続の画面へのQRコード"]


def test_a_receipt_without_a_code_is_still_a_receipt():
    assert "/Figure" not in kinds(letter("receipt", RECEIPT, qr=""))


def test_the_receipt_says_what_was_received_and_what_comes_next():
    printed = words(letter("receipt", RECEIPT))
    for part in (
        "受付票",
        "R8-000123-7",
        "令和8年11月24日（火）",
        "窓口花子",
        "パスポートの申請",
        "市民課が内容を確認します。",
    ):
        assert part in printed


def test_answers_may_come_in_groups_under_headers_of_their_own():
    groups = [{"title": "使い方", "rows": [["目的", "旅券"]]}, {"title": "連絡先", "rows": [["電話", "000"]]}]
    data = {key: value for key, value in RECEIPT.items() if key != "answers"}
    pdf = letter("receipt", data, groups=groups)
    headers = [kind for kind in kinds(pdf) if kind == "/TH"]
    assert len(headers) == 2 + 2 + 2  # columns of two tables, and a header for each group
    assert "使い方目的旅券連絡先電話000" in words(pdf)


def test_a_refusal_gives_its_reason_and_how_to_object():
    printed = words(letter("decision", REFUSAL))
    for part in (
        "承認しません",
        "理由",
        REFUSAL["reason"],
        "不服があるとき（教示）",
        REFUSAL["appeal"],
        "窓口花子様",
        "例示市長",
    ):
        assert part in printed


def test_an_approval_has_no_empty_headings():
    printed = words(letter("decision", APPROVAL))
    assert "承認します" in printed
    assert "理由" not in printed
    assert "教示" not in printed


def test_the_way_to_the_section_is_read_aloud_and_stands_at_the_foot_of_every_page():
    pdf = letter("decision", REFUSAL, reason="長い理由です。" * 250)
    feet = [f"R8-000123-7市民課電話000-0000{page}/2" for page in (1, 2)]
    assert [foot in "".join(page.extract_text().split()) for page, foot in zip(pdf.pages, feet, strict=True)] == [
        True,
        True,
    ]
    assert "お問い合わせ市民課電話000-0000" in words(pdf)
