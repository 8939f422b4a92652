"""Every template of the room renders, without inline style or script, and all its words are said three ways."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string
from django.utils.translation import override

from madoguchi.ui.words import LocalText

ROOM = Path(__file__).resolve().parents[1]
DRAWN_BY_TAGS = {
    "chart.html",
    "gantt.html",
    "grid.html",
    "halves.html",
    "places.html",
    "table.html",
}  # the docstring of the tag says what they are for
COMPONENTS = sorted({path.name for path in (ROOM / "templates/ui/components").glob("*.html")} - DRAWN_BY_TAGS)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_says_at_its_head_what_it_is_for(name):
    assert (ROOM / "templates/ui/components" / name).read_text(encoding="utf-8").startswith("{# ")


@pytest.mark.parametrize("path", sorted(ROOM.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_no_template_needs_inline_style_or_script(path):
    if path.name == "email.html":
        return  # mail programs fetch no style sheet
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("number", ["400", "403", "404", "413"])
def test_an_error_page_says_what_is_safe_and_leads_on(number):
    html = render_to_string(f"{number}.html", {"city": {"name": LocalText(ja="例示市"), "phone": "000-000-0000"}})
    assert f"「{number}」" in html
    assert 'href="/"' in html
    assert "tel:000-000-0000" in html


def test_the_page_for_our_own_failure_needs_nothing_from_the_request():
    html = get_template("500.html").render({"number": "4f3a"})
    assert "保存した内容は残っています" in html
    assert "「4f3a」" in html


@pytest.mark.parametrize(
    ("language", "head"),
    [("ja", '<html lang="ja">'), ("ja-easy", '<html lang="ja" class="easy">'), ("en", '<html lang="en">')],
)
def test_the_document_tells_its_language(language, head):
    with override(language):
        assert head in render_to_string("404.html", {"city": {"name": "例示市"}})


def test_the_title_of_a_refused_form_begins_with_the_word_error(settings):
    class Refused:
        errors = {"name": ["…"]}

    html = render_to_string("404.html", {"form": Refused()})
    assert re.search(r"<title>エラー：", html)


def test_a_demonstration_says_so_on_every_page():
    assert "練習用" in render_to_string("404.html", {"rehearsal": True})
    assert "練習用" not in render_to_string("404.html", {})


def test_an_icon_that_is_used_is_in_the_sprite():
    sprite = (ROOM / "static/ui/icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="i-([a-z]+)"', sprite))
    used = {
        name
        for path in ROOM.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([a-z]+)"', path.read_text(encoding="utf-8"))
    }
    assert used <= drawn
