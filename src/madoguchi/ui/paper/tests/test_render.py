"""What people type is printed, never acts, and never stops the press."""

import re

import pytest
import typst

from madoguchi.ui.paper import FontsMissing, render
from madoguchi.ui.paper.render import TEMPLATES
from madoguchi.ui.paper.tests.letters import APPROVAL, FONTS, RECEIPT, REFUSAL, letter, words

IN_NO_FONT = "\U00010600"  # Linear A, unread to this day


@pytest.mark.parametrize(
    "typed",
    [
        "#panic()",
        "#read(layout.typ)",
        "$x$ *bold* _em_ `raw` <label> @ref",
        "= heading",
        "- list -- dash --- 'quotes' \"quotes\" ...",
        "\\#set page() \\u{41}",
        "// comment /* comment */",
        '"}{',
        "髙﨑 𡈽屋 辻󠄀 葛󠄀飾",
    ],
)
def test_what_is_typed_is_printed_as_it_stands(typed):
    expected = "".join(typed.split())
    assert expected in words(letter("decision", REFUSAL, reason=typed))
    assert expected in words(letter("receipt", RECEIPT, answers=[["使う目的", typed]]))


@pytest.mark.parametrize("typed", ["\x00鐘\x07", "鐘\x1b\x7f\x85", "\u202e鐘\u2066", "\ud800鐘\ufffe\uffff"])
def test_characters_that_only_steer_are_left_out(typed):
    printed = words(letter("decision", REFUSAL, addressee=f"{typed} 様"))
    assert "鐘様" in printed
    assert "〓" not in printed


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_paragraph(end):
    lines = letter("decision", REFUSAL, reason=f"一行目{end}二行目").pages[0].extract_text().splitlines()
    assert {"一行目", "二行目"} <= {line.strip() for line in lines}


def test_a_character_without_a_glyph_becomes_a_geta_mark_and_the_paper_says_so():
    printed = words(letter("decision", REFUSAL, addressee=f"窓口　{IN_NO_FONT}子 様"))
    assert "窓口〓子様" in printed
    assert "〓は、この紙に印字できない文字です。" in printed
    assert "〓stands" in words(letter("decision", REFUSAL, addressee=IN_NO_FONT, lang="en"))


def test_a_rare_name_prints_where_a_font_has_it_and_never_stops_the_press():
    printed = words(letter("decision", REFUSAL, addressee="𠮷野 สมชาย 😀 様"))
    assert "𠮷野" in printed or "〓野" in printed


def test_paper_without_such_characters_says_nothing_of_them():
    assert "〓" not in words(letter("decision", REFUSAL))


def test_ten_thousand_characters_run_over_several_pages_and_none_is_lost():
    pdf = letter("decision", REFUSAL, reason="長い理由です。" * 1500)
    assert len(pdf.pages) > 3
    text = re.sub(r"R8-000123-7市民課電話000-0000\d+/\d+", "", words(pdf))  # the feet of the pages
    assert text.count("長い理由です。") == 1500


def test_a_run_without_spaces_is_broken_at_the_margin():
    address = "https://example.jp/" + "a" * 300
    page = letter("receipt", RECEIPT, answers=[["住所", address]]).pages[0].extract_text()
    assert address in "".join(page.replace("\u200b", "").split())
    assert max(line.count("a") for line in page.splitlines()) < 100


def test_the_same_values_give_the_same_bytes():
    assert render("receipt", RECEIPT, fonts=FONTS) == render("receipt", RECEIPT, fonts=FONTS)
    assert letter("receipt", RECEIPT).metadata.creation_date is None
    assert render("receipt", RECEIPT, fonts=FONTS) != render("receipt", {**RECEIPT, "number": "2"}, fonts=FONTS)


def test_a_missing_font_names_the_remedy(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FontsMissing, match="npm ci"):
            render("decision", REFUSAL, fonts=folder)


def test_a_letter_with_a_value_left_out_is_refused():
    with pytest.raises(typst.TypstError, match="addressee"):
        render("decision", {key: value for key, value in APPROVAL.items() if key != "addressee"}, fonts=FONTS)


def test_templates_use_nothing_from_a_package_registry():
    for template in TEMPLATES.glob("*.typ"):
        assert "@preview" not in template.read_text()
        assert set(re.findall(r'#import "([^"]+)"', template.read_text())) <= {"layout.typ"}
