"""A measure for its sections: changes of the plan, evaluation, values of indicators."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from madoguchi.kernel.accounts.public import person_of
from madoguchi.kernel.citydata.public import UnknownRecord
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.services.plan import access
from madoguchi.services.plan.actions import evaluations, evidence, promises
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import evidence as indicators
from madoguchi.services.plan.queries import plan_of
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.screens import measures as screens
from madoguchi.services.plan.screens.reports import half_choices
from madoguchi.services.plan.staff_forms import ChangeForm, CostForm, ReadingForm, VerdictForm


@staff_page("plan.report.view")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest, key: str) -> HttpResponse:
    """計画の変更: every revision with its reason, and for the lead section the form for the next."""
    measure = seen(request, key)
    form = None
    if access.may_write(person_of(request), measure):
        data = request.POST if request.method == "POST" else None
        form = ChangeForm(queries.promise(measure), half_choices(plan_of(measure)), data)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            change = promises.change(measure, **form.change(), actor=person_of(request), now=clock.now())
        except CitizenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "計画を変更しました。" + ("会議に報告します。" if change.is_major else ""))
            return redirect("plan:changes", key)
    context = screens.changes(measure, today=clock.today()) | {"form": form}
    return render(request, "plan/staff_changes.html", context, status=400 if form and form.errors else 200)


@staff_page("plan.report.view")
@never_cache
@require_http_methods(["GET", "HEAD"])
def evaluation(request: HttpRequest, key: str) -> HttpResponse:
    """評価: the rule's draft, both verdicts, and what this person may do about it."""
    measure = seen(request, key)
    context = screens.evaluation(measure, person_of(request))
    return render(request, "plan/staff_evaluation.html", context | _forms(context, {}))


def _forms(context: dict[str, Any], bound: dict[str, Any]) -> dict[str, Any]:
    if not context["draft"] or context["confirmed"]:
        return {}
    book, rule = context["book"], context["rule"]
    own = bound.get("verdict") or VerdictForm(book, rule)
    return {"verdict_form": own, "cost_form": bound.get("cost") or CostForm()}


@staff_page("plan.report.view")
@require_POST
def evaluate(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """One act on an evaluation: start, cost, owner, office, confirm."""
    measure, now = seen(request, key), clock.now()
    context = screens.evaluation(measure, person_of(request))
    bound: dict[str, Any] = {}
    match act:
        case "start":
            return _acted(request, key, lambda: evaluations.start(measure, actor=person_of(request), now=now))
        case "confirm":
            return _acted(request, key, lambda: evaluations.confirm(measure, actor=person_of(request), now=now))
        case "cost":
            bound["cost"] = cost = CostForm(request.POST)
            if cost.is_valid():
                return _acted(
                    request, key, lambda: evaluations.enter_cost(measure, **cost.cleaned_data, actor=person_of(request))
                )
        case "owner" | "office" if context["draft"]:
            bound["verdict"] = verdict = VerdictForm(context["book"], context["rule"], request.POST)
            if verdict.is_valid():
                grades, reason = verdict.grades(), verdict.cleaned_data["reason"]
                return _acted(
                    request,
                    key,
                    lambda: evaluations.judge(measure, act, grades, reason, actor=person_of(request), now=now),
                )
        case _:
            raise Http404
    return render(request, "plan/staff_evaluation.html", context | _forms(context, bound), status=400)


@staff_page("plan.report.write")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, indicator_key: str) -> HttpResponse:
    """実績値 of an indicator that no service counts."""
    try:
        item = indicators.indicator(indicator_key)
    except UnknownRecord as error:
        raise Http404 from error
    measure = queries.measure(item.measure)
    if item.figure or not access.may_write(person_of(request), measure):
        raise Http404
    form = ReadingForm(clock.today(), request.POST if request.method == "POST" else None)
    if form.is_valid():
        evidence.enter(item, **form.cleaned_data, actor=person_of(request), now=clock.now())
        messages.success(request, "値を入力しました。")
        return redirect("plan:reading", indicator_key)
    points = indicators.entered([item.key])[item.key]
    context = {"item": item, "measure": measure, "form": form, "points": points[::-1]}
    return render(request, "plan/staff_reading.html", context, status=400 if form.is_bound else 200)


def seen(request: HttpRequest, key: str) -> Measure:
    """Raises: Http404 for a measure that is not there, or not for this person."""
    measure = queries.measure(key)
    if not access.may_view(person_of(request), measure):
        raise Http404
    return measure


def _acted(request: HttpRequest, key: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "記録しました。")
    return redirect("plan:evaluation", key)
