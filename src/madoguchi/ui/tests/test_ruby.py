"""Readings stand above the kanji, and only where markup may stand."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from madoguchi.ui.ruby import RubyMiddleware, with_ruby

RUBY = "<ruby>電話<rp>(</rp><rt>でんわ</rt><rp>)</rp></ruby>"


def test_a_reading_in_the_text_becomes_ruby():
    assert with_ruby("<p>電話(でんわ)を します</p>") == f"<p>{RUBY}を します</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<nav aria-label="電話(でんわ)">…</nav>',
        "<title>電話(でんわ)</title>",
        "<option>電話(でんわ)</option>",
        "<textarea>電話(でんわ)</textarea>",
        "<p>税（国税）(本則)</p>",
        "<p>かな(かな)</p>",
    ],
)
def test_where_ruby_cannot_stand_the_text_stays(html):
    assert with_ruby(html) == html


def test_text_after_a_plain_element_gets_its_readings_again():
    assert with_ruby("<title>電話(でんわ)</title><p>電話(でんわ)</p>").endswith(f"<p>{RUBY}</p>")


@pytest.mark.parametrize(
    ("language", "kind", "changed"),
    [("ja-easy", "text/html", True), ("ja", "text/html", False), ("ja-easy", "application/json", False)],
)
def test_only_pages_in_easy_japanese_are_changed(language, kind, changed):
    middleware = RubyMiddleware(lambda _: HttpResponse("電話(でんわ)", content_type=kind))
    with override(language):
        assert (RUBY in middleware(RequestFactory().get("/")).content.decode()) is changed
