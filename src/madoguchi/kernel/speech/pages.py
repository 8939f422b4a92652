"""The text of a public page of ours, as everybody gets it who is not signed in."""

import hashlib
import json
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.utils import translation

from madoguchi.kernel.language.public import overrides
from madoguchi.kernel.speech import engine
from madoguchi.kernel.speech.errors import NotReadable
from madoguchi.kernel.speech.reading import script_of
from madoguchi.lib.access import is_public

PACES = {"ja": 1.0, "ja-easy": 0.85}  # やさしい日本語 is spoken slowly; how slowly is ours to say
REGISTERS = tuple(PACES)
MOST_PATH = 300
MOST_CHARS = 6000  # about twenty minutes
CUT = "よみあげは、ここまでです。つづきは、画面でご覧ください。"


@dataclass(frozen=True)
class Page:
    """What is read aloud of a page; `digest` is another one when the text is, or what it is read by."""

    path: str
    register: str
    title: str
    lines: tuple[str, ...]
    digest: str
    is_cut: bool


def page(path: str, register: str) -> Page:
    """The page at `path`, without any query: a visitor's own words are never read. Raises: NotReadable."""
    if register not in REGISTERS or len(path) > MOST_PATH:
        raise NotReadable
    with translation.override(register):
        script = script_of(_html(path, register))
    if not script.lines:
        raise NotReadable
    lines, is_cut = _within_limit(script.lines)
    by = json.dumps([engine.VERSION, PACES[register], overrides(), lines], ensure_ascii=False)
    digest = hashlib.sha256(by.encode()).hexdigest()
    return Page(path, register, script.title, lines, digest, is_cut)


def _html(path: str, register: str) -> str:
    site = urlsplit(settings.SITE_URL)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "HTTP_HOST": site.netloc,
            "HTTP_COOKIE": f"{settings.LANGUAGE_COOKIE_NAME}={register}",
            "SERVER_NAME": site.hostname or "localhost",
            "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    answer = WSGIHandler().get_response(request)  # one of its own: no page from its memory
    is_page = answer.status_code == HTTPStatus.OK and answer.get("Content-Type", "").startswith("text/html")
    if not is_page or not isinstance(answer, HttpResponse) or not is_public(request):
        raise NotReadable
    return answer.content.decode(answer.charset)


def _within_limit(lines: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    kept, chars = list[str](), 0
    for line in lines:
        chars += len(line)
        if chars > MOST_CHARS:
            return (*kept, CUT), True
        kept.append(line)
    return tuple(kept), False
