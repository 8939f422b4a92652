"""Dated values for staff: what holds today, what comes, who changed it and why."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from madoguchi.kernel.citydata import parameters
from madoguchi.kernel.citydata.forms import ValueForm, first_day
from madoguchi.kernel.citydata.models import Revision
from madoguchi.kernel.citydata.queries import UnknownRecord, current, records
from madoguchi.kernel.citydata.schemas import Parameter, Value
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError

PAGE_SIZE = 50
MOST_CHARS = 60


@staff_page("citydata.parameter.view")
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every dated value of the city: what holds today, and what comes."""
    query, today = request.GET.get("q", "").strip()[:MOST_CHARS], clock.today()
    found = [one for one in records(parameters.KIND) if _holds(one, query)]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(one, *_now_and_next(one, today)) for one in page.object_list]
    return render(request, "citydata/staff_parameters.html", {"page": page, "rows": rows, "query": query})


def _holds(parameter: Parameter, query: str) -> bool:
    texts = (parameter.key, parameter.label.ja, parameter.label.en, parameter.unit, parameter.unit_name)
    return not query or any(query.casefold() in text.casefold() for text in texts)


def _now_and_next(parameter: Parameter, today: Any) -> tuple[Any, Any]:
    held = [one for one in parameters.stretches(parameter) if one.since <= today]
    coming = [one for one in parameters.stretches(parameter) if one.since > today]
    return (held[-1] if held else None), (coming[0] if coming else None)


@staff_page("citydata.parameter.view")
@never_cache
@require_safe
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """One parameter: its values, and every revision."""
    found = _current(key)
    now, coming = _now_and_next(found.content, clock.today())
    steps = list(parameters.steps(key))
    context = {
        "parameter": found.content,
        "stretches": list(reversed(parameters.stretches(found.content))),
        "now": now,
        "coming": coming,
        "may_revise": request.may("citydata.parameter.revise"),  # type: ignore[attr-defined]
        "steps": [(step, _name(step.actor)) for step in steps],
    }
    return render(request, "citydata/staff_parameter.html", context)


@staff_page("citydata.parameter.revise")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    """A new value from a day on."""
    return _edit(request, _current(key), since=None)


@staff_page("citydata.parameter.revise")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, key: str, since: str) -> HttpResponse:
    """Another value, day or source instead of one that was wrong."""
    found, day = _current(key), first_day(since)
    if day is None or day not in {value.since for value in found.content.values}:
        raise Http404
    return _edit(request, found, since=day)


def _edit(request: HttpRequest, found: Revision, *, since: Any) -> HttpResponse:
    """Typed, then looked at once more with what it changes, then saved."""
    parameter: Parameter = found.content
    old = next((value for value in parameter.values if value.since == since), None)
    form = ValueForm(parameter, request.POST if request.method == "POST" else None, old=old, seen=found.number)
    context: dict[str, Any] = {"parameter": parameter, "form": form, "old": old}
    if form.is_bound and form.is_valid():
        try:
            if "save" in request.POST:
                _save(request, parameter.key, form, since)
                return redirect("citydata:parameter", parameter.key)
            context |= _preview(request, parameter, form.dated_value(), since)
        except CitizenError as error:
            form.add_error(None, str(error))
        else:
            page = "edit" if "back" in request.POST else "preview"
            return render(request, f"citydata/staff_parameter_{page}.html", context)
    return render(request, "citydata/staff_parameter_edit.html", context, status=400 if form.is_bound else 200)


def _save(request: HttpRequest, key: str, form: ValueForm, since: Any) -> None:
    given, actor = form.cleaned_data, request.user
    parameters.set_value(
        key,
        form.dated_value(),
        reason=given["reason"],
        seen=given["seen"],
        actor=actor,  # type: ignore[arg-type]
        instead_of=since,
    )
    messages.success(request, "保存しました。監査記録に残りました。")


def _preview(request: HttpRequest, parameter: Parameter, new: Value, since: Any) -> dict[str, Any]:
    """What the new value changes, and what was typed, to be sent once more."""
    after = parameters.with_value(parameter, new, instead_of=since)
    first = min(day for day in (new.since, since) if day)
    return {
        "new": next(one for one in parameters.stretches(after) if one.since == new.since),
        "is_past": first <= clock.today(),
        "kept": [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"],
    }


def _current(key: str) -> Revision:
    try:
        return current(parameters.KIND, key)
    except UnknownRecord as error:
        raise Http404 from error


def _name(actor: str) -> str:
    """A member of staff by name; empty where the pack said so."""
    key = actor.partition(":")[2]
    found = get_user_model().objects.filter(pk=key, username__isnull=False).first() if key.isdecimal() else None
    return found.name if found else ""
