"""The survey desk: the list, a new survey, how one stands, and its course from the field to the public."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import may
from madoguchi.kernel.audit.public import history, verb_name
from madoguchi.kernel.citydata.public import records
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.services.surveys import actions, queries
from madoguchi.services.surveys.actions.design import NewSurvey
from madoguchi.services.surveys.desk_page import MANAGE, VIEW, act, survey_page
from madoguchi.services.surveys.models import Survey
from madoguchi.services.surveys.staff_forms import NewSurveyForm

State = Survey.State


@staff_page(VIEW)
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Surveys of the own sections, newest first."""
    surveys = queries.visible_to(request.user)
    if request.GET.get("view") == "ripe":
        surveys = surveys.filter(state=State.RUNNING, closes_on__lt=clock.today())
    names = {section.key: section.name_ja for section in records("section")}
    rows = [(survey, names.get(survey.section_key, survey.section_key)) for survey in surveys]
    return render(request, "surveys/desk.html", {"rows": rows, "may_manage": may(request.user, MANAGE)})


@staff_page(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new survey, from a form of the pack or an earlier survey."""
    form = NewSurveyForm(request.user, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "surveys/new.html", {"form": form}, status=400 if form.is_bound else 200)
    given = form.cleaned_data
    new = NewSurvey(
        given["key"], given["section"], given["opens_on"], given["closes_on"], form.questionnaire, form.previous
    )
    survey = actions.create(new, actor=request.user, now=clock.now())
    messages.success(request, "調査を作りました。調査票を確かめ、標本を設計してください。")
    return redirect("surveys:survey", survey.key)


@survey_page(VIEW)
@require_safe
def survey(request: HttpRequest, survey: Survey) -> HttpResponse:
    """How it stands: what is next, response by stratum, paper, what happened."""
    today = clock.today()
    context = {
        "survey": survey,
        "questionnaire": survey.questionnaire,
        "may_manage": may(request.user, MANAGE, survey),
        "responses": queries.responses(survey),
        "by_day": queries.by_day(survey),
        "keying": queries.keying(survey),
        "is_ripe": survey.state == State.RUNNING and today > survey.closes_on,
        "is_drawn": bool(survey.seed),
        "history": [(line.at, verb_name(line.verb), line.detail) for line in history(survey).reverse()[:30]],
        "here": "survey",
    }
    return render(request, "surveys/survey.html", context)


@survey_page(MANAGE)
@require_POST
def start(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Into the field."""
    return act(
        request,
        survey,
        "調査を始めました。期間になると回答を受け付けます。",
        lambda: actions.start(survey.pk, actor=request.user),
        "surveys:survey",
    )


@survey_page(MANAGE)
@require_POST
def open_box(request: HttpRequest, survey: Survey) -> HttpResponse:
    """開封: once, after the last day."""
    return act(
        request,
        survey,
        "回答を混ぜて開封しました。集計を見られます。",
        lambda: actions.open_box(survey.pk, actor=request.user, today=clock.today()),
        "surveys:survey",
    )


@survey_page(MANAGE)
@require_POST
def publish(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Show the results to everyone."""
    return act(
        request,
        survey,
        "結果を公表しました。",
        lambda: actions.publish(survey.pk, actor=request.user, now=clock.now()),
        "surveys:survey",
    )


@survey_page(MANAGE)
@require_POST
def withdraw(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Take the results back."""
    return act(
        request,
        survey,
        "公表を取り下げました。",
        lambda: actions.withdraw(survey.pk, actor=request.user, now=clock.now()),
        "surveys:survey",
    )
