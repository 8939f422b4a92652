"""Readings above kanji on やさしい日本語 pages: texts write 電話(でんわ), pages show ruby."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

READING = re.compile(r"([一-鿿々〆ヶ]+)\(([ぁ-ゖー]+)\)")
TAG = re.compile(r"(<[^>]*>)")
# These elements hold text only; ruby would be shown as markup or lost.
PLAIN = re.compile(r"<(/?)(title|option|textarea|script|style)\b", re.IGNORECASE)


def with_ruby(html: str) -> str:
    """`html` with every 漢字(かんじ) of its text as a ruby element; attributes and form texts stay as they are."""
    pieces = TAG.split(html)
    plain_depth = 0
    for place, piece in enumerate(pieces):
        if place % 2:  # the odd pieces are the tags
            if found := PLAIN.match(piece):
                plain_depth += -1 if found[1] else 1
        elif not plain_depth and "(" in piece:
            pieces[place] = READING.sub(r"<ruby>\1<rp>(</rp><rt>\2</rt><rp>)</rp></ruby>", piece)
    return "".join(pieces)


class RubyMiddleware:
    """Puts the readings above the kanji when the page is in やさしい日本語."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and get_language() == "ja-easy":
            response.content = with_ruby(response.content.decode(response.charset))
            if response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(response.content))
        return response
