"""Results: tables, cross tables, free text, and the data to take along."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from madoguchi.kernel.accounts.public import may
from madoguchi.kernel.audit.public import record
from madoguchi.lib.access import public_page
from madoguchi.lib.errors import CitizenError
from madoguchi.lib.numbers import is_whole
from madoguchi.services.surveys import actions, coding, exports, queries, results
from madoguchi.services.surveys.desk_page import EXPORT, KEY, MANAGE, VIEW, download, survey_page
from madoguchi.services.surveys.models import Survey
from madoguchi.ui.characters import typed


@survey_page(VIEW)
@require_safe
def tables(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Every question as a table with its bars; weighted on request."""
    context = {
        **results.screen(survey, weighted=bool(request.GET.get("weighted"))),
        "may_export": may(request.user, EXPORT, survey),
        "may_manage": may(request.user, MANAGE, survey),
        "may_read": may(request.user, KEY, survey),
        "has_spss": exports.has_spss(),
        "here": "tables",
    }
    return render(request, "surveys/tables.html", context)


@survey_page(VIEW)
@require_safe
def cross(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Two questions crossed."""
    context = {**results.cross_screen(survey, request.GET), "here": "cross"}
    return render(request, "surveys/cross.html", context)


@public_page
@require_safe
def published(request: HttpRequest, key: str) -> HttpResponse:
    """The published results, and any two questions crossed, small cells hidden."""
    survey = queries.published(key)
    context = {
        **results.screen(survey, weighted=bool(request.GET.get("weighted"))),
        **results.cross_screen(survey, request.GET),
        "json": f"/api/v1/surveys/results/{key}",
    }
    return render(request, "surveys/results.html", context)


@public_page
@require_safe
def published_csv(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    """The published tables as CSV."""
    return download(exports.tables_csv(queries.published(key)), f"{key}.csv", "text/csv")


@survey_page(EXPORT)
@require_POST
def export(request: HttpRequest, survey: Survey, kind: str) -> HttpResponse:
    """The anonymous answers, one line each: CSV, its codebook, or SPSS."""
    if kind not in exports.KINDS or survey.state not in {"opened", "published"}:
        raise Http404
    if kind == "sav" and not exports.has_spss():
        messages.error(request, exports.SPSS_MISSING)
        return redirect("surveys:tables", survey.key)
    with transaction.atomic():
        record("surveys.data.exported", actor=request.user, target=survey, detail={"kind": kind})
    make, name, content_type = exports.KINDS[kind]
    return download(make(survey), f"{survey.key}-{name}", content_type)


@survey_page(KEY)
@require_safe
def remarks(request: HttpRequest, survey: Survey, question_key: str) -> HttpResponse:
    """Free texts with the codes of the one who looks, and how far two coders agree."""
    context = coding.screen(survey, question_key, coder=request.user, page=request.GET.get("page"))
    return render(
        request, "surveys/remarks.html", {**context, "may_manage": may(request.user, MANAGE, survey), "here": "tables"}
    )


@survey_page(KEY)
@require_POST
def code(request: HttpRequest, survey: Survey, question_key: str) -> HttpResponse:
    """Give remarks their codes, add one to the codebook or take one out."""
    label, gone = typed(request.POST, "label").strip(), request.POST.get("remove", "")
    try:
        if label:
            actions.add_theme(survey.pk, question_key, label, actor=request.user)
        elif is_whole(gone):
            actions.remove_theme(survey.pk, int(gone), actor=request.user)
        else:
            count = actions.code_remark(survey.pk, question_key, coding.chosen(request.POST), actor=request.user)
            messages.success(request, f"{count}件を分類しました。")
    except CitizenError as error:
        messages.error(request, str(error))
    return redirect("surveys:remarks", survey.key, question_key)
