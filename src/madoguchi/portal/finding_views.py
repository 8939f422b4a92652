"""Finding things: the search, its suggestions, the directory."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.search.public import Found, Hit, find, note, suggest
from madoguchi.lib import clock
from madoguchi.lib.access import public_page
from madoguchi.portal.directory import BY, by_row, entries

PAGE_SIZE = 20
MISSED_PAGE_SIZE = 50
PERIOD = timedelta(days=28)
MOST_CHARS = 100

_log = logging.getLogger(__name__)


@public_page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What answers the words, the near answers where few do, and where to go when nothing does."""
    text = request.GET.get("q", "").strip()[:MOST_CHARS]
    kind = request.GET.get("kind", "")
    everything = find(text, person=request.user)
    found = find(text, person=request.user, kind=kind) if kind else everything
    page = Paginator(found.hits, PAGE_SIZE).get_page(request.GET.get("page"))
    if text and not kind and "page" not in request.GET and not getattr(request.user, "is_staff_member", False):
        _note(request, text, is_answered=bool(everything.hits))
    context = {
        "query": text,
        "found": found,
        "page": page,
        "hits": _with_sections(page.object_list),
        "near": _with_sections(found.near),
        "kinds": _kinds(everything, text, kind),
        "life_events": records("life_event"),
    }
    return render(request, "portal/search.html", context)


def _note(request: HttpRequest, text: str, *, is_answered: bool) -> None:
    """Counting must not stand between people and their answer."""
    visitor = request.session.session_key or str(request.META.get(settings.CLIENT_ADDRESS_META, ""))
    try:
        note(text, is_answered=is_answered, visitor=visitor, today=clock.today())
    except DatabaseError:
        _log.warning("a search was not counted")


def _with_sections(hits: Sequence[Hit]) -> list[tuple[Hit, object]]:
    sections = {section.key: section.name for section in records("section")} if hits else {}
    return [(hit, sections.get(hit.section_key, "")) for hit in hits]


def _kinds(found: Found, text: str, chosen: str) -> list[dict[str, object]]:
    """The filter by kind; no filter where there is nothing to choose."""
    if len(found.kinds) < 2 and not chosen:
        return []
    every = {"label": _("すべて"), "url": "?" + urlencode({"q": text}), "current": not chosen, "count": len(found.hits)}
    return [
        every,
        *(
            {
                "label": name,
                "url": "?" + urlencode({"q": text, "kind": kind}),
                "current": kind == chosen,
                "count": count,
            }
            for kind, name, count in found.kinds
        ),
    ]


@public_page
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """For the search box: documents whose name begins like what was typed so far."""
    hits = suggest(request.GET.get("q", "")[:MOST_CHARS], person=request.user)
    return JsonResponse(
        {"items": [{"label": "".join(piece.text for piece in hit.title), "url": hit.url} for hit in hits]}
    )


@public_page
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """All procedures, or those of one life event, subject, section or kana row; `by` groups them."""
    if "q" in request.GET:  # addresses from before the search had a page of its own
        return redirect(reverse("portal:search") + "?" + urlencode({"q": request.GET["q"][:MOST_CHARS]}))
    everything = entries()
    by = request.GET.get("by", "")
    event = request.GET.get("event", "")
    sections = {section.key: section.name for section in records("section")}
    shown = [entry for entry in everything if not event or event in entry.life_events]
    context = {
        "by": by if by in BY else "",
        "event": event,
        "entries": [(entry, sections.get(entry.section, "")) for entry in shown],
        "groups": BY[by](everything) if by in BY else [],
        "ways": _ways(by if by in BY else ""),
        "life_events": records("life_event"),
    }
    return render(request, "portal/directory.html", context)


@public_page
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Words of the office and what they mean, in あいうえお order."""
    terms = sorted(records("term"), key=lambda term: term.kana)
    return render(request, "portal/glossary.html", {"rows": by_row(terms)})


def _ways(by: str) -> list[dict[str, object]]:
    names = {
        "": _("一覧"),
        "event": _("くらしのできごと"),
        "topic": _("分野"),
        "section": _("担当の課"),
        "kana": _("五十音"),
    }
    door = reverse("portal:directory")
    return [
        {"label": name, "url": f"{door}?by={key}" if key else door, "current": key == by, "count": None}
        for key, name in names.items()
    ]
