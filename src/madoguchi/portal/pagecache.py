"""Finished public pages, kept until somebody does something: anonymous visitors share them.

Every act adds a line to the audit trail in its own transaction, and the lines stand in the order of the commits; so a
page that was made after the last act is what making it anew would give. What moves without an act (the clock, counts
that a job catches up with) is at most a minute old. Each web process keeps its own pages; nobody has to be told.
"""

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import brotli
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import ResolverMatch
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from madoguchi.kernel.audit.public import last_act
from madoguchi.lib.access import is_public
from madoguchi.ui.languages import wants_furigana

KEEP_S = 60
MOST_PAGES = 2000
MOST_KEY_CHARS = 300
COMPRESSIBLE = re.compile(r"^application/(\S+\+)?(json|xml|yaml)\b")
BROTLI_QUALITY = 5  # of 11; a page of 40 kB in about a millisecond


@dataclass(frozen=True)
class _Page:
    act: int  # the last one before the page was made
    made_at: float
    bodies: dict[str, bytes]  # by content coding
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
        try:
            page, act = self.pages.get(key), last_act()
        except DatabaseError:
            return self.get_response(request)  # each page knows what it can say without the database
        if page is None or page.act != act or time.monotonic() - page.made_at > KEEP_S:
            response = self.get_response(request)
            page = self._keep(key, request, response, act)
            if page is None:
                return response
        return _answer(request, page)

    def _keep(self, key: tuple[str, str, bool], request: HttpRequest, response: HttpResponse, act: int) -> _Page | None:
        if (
            response.status_code != 200
            or response.streaming
            or response.cookies
            or response.has_header("Accept-Ranges")  # what goes out in parts is no page
            or "no-store" in response.get("Cache-Control", "")
            or not is_public(request)
        ):
            return None
        # weak, as it names the page in each of its codings
        etag = 'W/"' + hashlib.sha256(response.content).hexdigest()[:32] + '"'
        response["Cache-Control"] = "no-cache"
        response["Vary"] = "Cookie, Accept-Language, Accept-Encoding"
        response["ETag"] = etag
        del response["Content-Length"]  # it is of the coding
        page = _Page(act, time.monotonic(), _coded(response), tuple(response.items()), etag, request.resolver_match)
        with self.lock:
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)
        return page


def _coded(response: HttpResponse) -> dict[str, bytes]:
    """Only here: a page that everyone shares holds no secret that its length could tell (BREACH).

    What is compressed already (a PDF, a workbook) stays as it is.
    """
    body, kind = response.content, response.get("Content-Type", "")
    if not kind.startswith("text/") and not COMPRESSIBLE.search(kind):
        return {"identity": body}
    return {
        "br": brotli.compress(body, quality=BROTLI_QUALITY),
        "gzip": gzip.compress(body, mtime=0),
        "identity": body,
    }


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    request.resolver_match = page.match  # the log names the route of a kept page, too
    unchanged = page.etag in parse_etags(request.headers.get("If-None-Match", ""))
    wanted = parse_accept_header(request.headers.get("Accept-Encoding"), Accept)
    coding = wanted.best_match(page.bodies, default="identity")
    if unchanged:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(page.bodies[coding])
    for name, value in page.headers:
        response[name] = value
    if unchanged:
        del response["Content-Type"]
    else:
        response["Content-Length"] = len(response.content)
        if coding != "identity":
            response["Content-Encoding"] = coding
    return response
