"""Finished public pages, kept for some seconds: anonymous visitors share them.

A page says as of when its figures are, so a page some seconds old is still true. Each web process keeps its own
store; nothing has to be told to anyone when something changes.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import ResolverMatch
from django.utils.translation import get_language_from_request

from madoguchi.lib.access import is_public
from madoguchi.ui.languages import wants_furigana

KEEP_S = 15
MOST_PAGES = 2000
MOST_KEY_CHARS = 300


@dataclass(frozen=True)
class _Page:
    made_at: float
    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    match: ResolverMatch | None


class PageCacheMiddleware:
    """Answers anonymous GETs of public pages from memory; everything else passes through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[tuple[str, str, bool], _Page] = OrderedDict()
        self.lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.get_full_path()
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES or len(path) > MOST_KEY_CHARS:
            return self.get_response(request)
        key = (path, get_language_from_request(request), wants_furigana(request))
        page = self.pages.get(key)
        if page is None or time.monotonic() - page.made_at > KEEP_S:
            response = self.get_response(request)
            page = self._keep(key, request, response)
            if page is None:
                return response
        return _answer(request, page)

    def _keep(self, key: tuple[str, str, bool], request: HttpRequest, response: HttpResponse) -> _Page | None:
        if (
            response.status_code != 200
            or response.streaming
            or response.cookies
            or response.has_header("Accept-Ranges")  # what goes out in parts is no page
            or "no-store" in response.get("Cache-Control", "")
            or not is_public(request)
        ):
            return None
        etag = '"' + hashlib.sha256(response.content).hexdigest()[:32] + '"'
        response["Cache-Control"] = "no-cache"
        response["Vary"] = "Cookie, Accept-Language"
        response["ETag"] = etag
        page = _Page(time.monotonic(), response.content, tuple(response.items()), etag, request.resolver_match)
        with self.lock:
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)
        return page


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    request.resolver_match = page.match  # the log names the route of a kept page, too
    unchanged = request.headers.get("If-None-Match") == page.etag
    response = HttpResponseNotModified() if unchanged else HttpResponse(page.body)
    for name, value in page.headers:
        if not (unchanged and name in {"Content-Type", "Content-Length"}):
            response[name] = value
    return response
