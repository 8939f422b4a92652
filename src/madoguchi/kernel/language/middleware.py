"""Readings above the kanji for those who asked for them; nobody else's page is touched."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from madoguchi.kernel.language.aloud import overrides
from madoguchi.kernel.language.furigana import with_furigana
from madoguchi.ui.languages import wants_furigana
from madoguchi.ui.words import active_register, html_lang


class FuriganaMiddleware:
    """On Japanese pages; in やさしい日本語 the readings that were written stay, and the others are added."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        is_whole = response.status_code < 500  # the page of a broken database asks no database
        if is_page and is_whole and wants_furigana(request) and html_lang(active_register()) == "ja":
            is_anonymous = settings.SESSION_COOKIE_NAME not in request.COOKIES
            html = with_furigana(response.content.decode(response.charset), overrides(), remember=is_anonymous)
            response.content = html.encode(response.charset)
            if response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(response.content))
        return response
