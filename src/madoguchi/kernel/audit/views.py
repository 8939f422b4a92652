"""The auditors' pages, and the heads that everyone may keep."""

import csv
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from madoguchi.kernel.audit import heads, publication
from madoguchi.kernel.audit.actions import look
from madoguchi.kernel.audit.forms import TrailFilter
from madoguchi.kernel.audit.models import Head, Line
from madoguchi.kernel.audit.queries import last_line
from madoguchi.kernel.audit.verbs import act_name
from madoguchi.lib.access import public_page, staff_page
from madoguchi.lib.clock import TOKYO
from madoguchi.lib.spreadsheets import safe_cell

PAGE_SIZE = 100
MOST_EXPORTED = 100_000
HEADS_SHOWN = 60
COLUMNS = ("番号", "日時", "した人", "したこと", "対象", "詳細", "ダイジェスト")


@staff_page("audit.trail.view")
@never_cache
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The trail, newest first, as far as the filter says; older pages by the number of a line."""
    filters = TrailFilter(request.GET)
    lines = _before(filters.lines(), request.GET.get("before", ""))[: PAGE_SIZE + 1]
    rows = list(lines)
    context = {
        "rows": _named(rows[:PAGE_SIZE]),
        "older": rows[PAGE_SIZE - 1].number if len(rows) > PAGE_SIZE else None,
        "filters": filters,
        "query": _without(request, "before"),
        "size": last_line()[0],
        "head": Head.objects.select_related("stamp").order_by("-day").first(),
    }
    return render(request, "audit/staff_trail.html", context)


def _before(lines: Any, number: str) -> Any:
    return lines.filter(number__lt=int(number)) if number.isdecimal() and len(number) < 19 else lines


def _without(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    return query.urlencode()


def _named(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """With the names of staff; residents stay ids, their cases are where their names belong. One query."""
    lines = list(lines)
    keys = {key for line in lines if (key := line.actor.partition("accounts.person:")[2]).isdecimal()}
    staff = get_user_model().objects.filter(pk__in=keys, username__isnull=False).only("uid", "name", "username")
    names = {f"accounts.person:{person.pk}": f"{person.name}（{person.username}）" for person in staff}
    return [
        {"line": line, "actor": names.get(line.actor, line.actor), "act": act_name(line), "detail": _words(line)}
        for line in lines
    ]


def _words(line: Line) -> str:
    return " ".join(f"{key}={value}" for key, value in sorted(line.detail.items()))


@staff_page("audit.trail.view", fresh_minutes=30)
@never_cache
@require_safe
def trail_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the filter finds, newest first, for a spreadsheet; that it was taken out is itself in the trail."""
    lines = TrailFilter(request.GET).lines()[:MOST_EXPORTED]
    with transaction.atomic():
        look("audit.trail.viewed", actor=request.user, target="audit.trail", purpose="audit.inspection")  # type: ignore[arg-type]
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8", headers=headers)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(lines: Any) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for line in lines.iterator(chunk_size=2000):
        moment = line.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S")
        cells = (str(line.number), moment, line.actor, act_name(line), line.target, _words(line), line.digest)
        yield writer.writerow([safe_cell(cell) for cell in cells])


@public_page
@require_safe
def heads_page(request: HttpRequest) -> HttpResponse:
    """What the heads are, the last of them, and how to keep and check them."""
    found = Head.objects.select_related("stamp").order_by("-day")[:HEADS_SHOWN]
    return render(request, "audit/heads.html", {"heads": found})


@public_page
@require_safe
def heads_json(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Every head with its time-stamp, for machines; small enough for ten years (about 4,000)."""
    return JsonResponse(publication.document())


@public_page
@require_safe
def inclusion(request: HttpRequest) -> JsonResponse:
    """The audit path of the line with `hash` (its digest in hex) below the head of `tree_size` lines."""
    try:
        index, path = heads.inclusion(request.GET.get("hash", ""), size=_size(request, "tree_size"))
    except (heads.NoSuchHead, Line.DoesNotExist) as error:
        raise Http404 from error
    return JsonResponse({"leaf_index": index, "audit_path": _base64(path)})


@public_page
@require_safe
def consistency(request: HttpRequest) -> JsonResponse:
    """That the head of `second` lines begins with the head of `first` lines."""
    try:
        path = heads.consistency(first=_size(request, "first"), second=_size(request, "second"))
    except heads.NoSuchHead as error:
        raise Http404 from error
    return JsonResponse({"consistency": _base64(path)})


def _size(request: HttpRequest, name: str) -> int:
    value = request.GET.get(name, "")
    if not value.isdecimal() or len(value) > 18:
        raise heads.NoSuchHead(value)
    return int(value)


def _base64(path: list[bytes]) -> list[str]:
    return [b64encode(node).decode() for node in path]
