"""Designing: the questionnaire, the sample, the letters."""

from collections.abc import Callable

import yaml
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.audit.public import record
from madoguchi.lib import clock
from madoguchi.lib.errors import CitizenError
from madoguchi.services.surveys import actions, builder, documents, queries, statistics
from madoguchi.services.surveys.desk_page import MANAGE, VIEW, act, download, survey_page
from madoguchi.services.surveys.forms import PageForm
from madoguchi.services.surveys.models import Survey
from madoguchi.services.surveys.pack import Questionnaire
from madoguchi.services.surveys.staff_forms import (
    BundleForm,
    DrawForm,
    LettersForm,
    PopulationForm,
    QuestionnaireFileForm,
    SerialForm,
)


@survey_page(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: HttpRequest, survey: Survey) -> HttpResponse:
    """The questions; a YAML file replaces them all."""
    form = QuestionnaireFileForm(request.POST, request.FILES) if request.method == "POST" else QuestionnaireFileForm()
    if form.is_bound and form.is_valid():
        content = form.cleaned_data["file"]
        return _save(request, survey, lambda: content, "調査票を取り込みました。")
    context = {
        "survey": survey,
        "questionnaire": survey.questionnaire,
        "form": form,
        "versions": survey.versions.select_related("saved_by")[:10],
        "frozen": survey.state not in {"draft", "running"} or actions.design.has_answers(survey),
        "types": dict(builder.TYPES),
        "here": "questionnaire",
    }
    return render(request, "surveys/questionnaire.html", context, status=400 if form.is_bound else 200)


def _save(request: HttpRequest, survey: Survey, make: Callable[[], Questionnaire], done: str) -> HttpResponse:
    def deed() -> None:
        actions.save_questionnaire(survey.pk, make(), actor=request.user, now=clock.now())

    try:
        return act(request, survey, done, deed, "surveys:questionnaire")
    except ValueError as error:  # the schema refuses what would be left
        messages.error(request, f"その変更はできません。{error}")
        return redirect("surveys:questionnaire", survey.key)


@survey_page(MANAGE)
@require_safe
def questionnaire_yaml(request: HttpRequest, survey: Survey) -> HttpResponse:  # noqa: ARG001
    """The questionnaire as the pack writes it."""
    content = survey.questionnaire.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    text = yaml.safe_dump({"key": survey.key, **content}, allow_unicode=True, sort_keys=False, width=120)
    return download(text, f"{survey.key}.yaml", "application/yaml")


@survey_page(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, survey: Survey, question_key: str = "") -> HttpResponse:
    """One question, changed or new."""
    content = survey.questionnaire
    try:
        found = content.question(question_key) if question_key else None
    except KeyError as error:
        raise Http404 from error
    form = builder.QuestionForm(content, found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _save(request, survey, lambda: form.result, "設問を保存しました。")
    context = {"survey": survey, "form": form, "question": found, "here": "questionnaire"}
    return render(request, "surveys/question.html", context, status=400 if form.is_bound else 200)


@survey_page(MANAGE)
@require_POST
def arrange(request: HttpRequest, survey: Survey, question_key: str) -> HttpResponse:
    """Up, down, or out."""
    content, deed = survey.questionnaire, request.POST.get("do")
    if deed == "remove":
        return _save(request, survey, lambda: builder.without(content, question_key), "設問を消しました。")
    step = -1 if deed == "up" else 1
    return _save(request, survey, lambda: builder.moved(content, question_key, step), "設問を動かしました。")


@survey_page(VIEW)
@require_safe
def preview(request: HttpRequest, survey: Survey) -> HttpResponse:
    """All pages as people see them, in the register of the page; nothing can be sent."""
    pages = [(page, PageForm(page, {}, keying=True)) for page in survey.questionnaire.pages]
    context = {"survey": survey, "questionnaire": survey.questionnaire, "pages": pages}
    return render(request, "surveys/preview.html", context)


@survey_page(VIEW)
@require_safe
def paper_pdf(request: HttpRequest, survey: Survey, register: str) -> HttpResponse:  # noqa: ARG001
    """調査票 to print, in one of the registers."""
    if register not in documents.REGISTERS:
        raise Http404
    with documents.in_register(register):
        return download(documents.questionnaire_pdf(survey), f"{survey.key}-{register}.pdf", "application/pdf")


@survey_page(MANAGE)
@require_safe
def sample(request: HttpRequest, survey: Survey) -> HttpResponse:
    """The sample: population, letters by stratum, the draw, the letters to print."""
    return render(request, "surveys/sample.html", _sample(survey))


def _sample(survey: Survey, **bound: object) -> dict[str, object]:
    strata = list(survey.strata.all())
    population = sum(stratum.population for stratum in strata)
    letters = sum(stratum.letters for stratum in strata)
    expected = round(sum(stratum.letters * stratum.expected_percent / 100 for stratum in strata))
    return {
        "survey": survey,
        "strata": [(stratum, round(stratum.letters * stratum.expected_percent / 100)) for stratum in strata],
        "population": population,
        "letters": letters,
        "expected": expected,
        "margin": round(statistics.margin_percent(expected, population), 1) if expected else None,
        "needed": statistics.needed_answers(population) if population else None,
        "population_form": PopulationForm(),
        "letters_form": LettersForm(),
        "draw_form": DrawForm(survey),
        "bundle_form": BundleForm(initial={"first": 1, "last": min(letters, documents.MOST_LETTERS)}),
        "serial_form": SerialForm(),
        "most_letters": documents.MOST_LETTERS,
        "here": "sample",
        **bound,
    }


@survey_page(MANAGE)
@require_POST
def population(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Take the population table."""
    form = PopulationForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "surveys/sample.html", _sample(survey, population_form=form, form=form), status=400)
    given = form.cleaned_data
    return act(
        request,
        survey,
        "人口の表を取り込みました。",
        lambda: actions.set_population(
            survey.pk, given["table"], source=given["source"], on=given["on"], actor=request.user
        ),
        "surveys:sample",
    )


@survey_page(MANAGE)
@require_POST
def letters(request: HttpRequest, survey: Survey) -> HttpResponse:
    """How many letters, spread over the strata."""
    form = LettersForm(request.POST)
    if not form.is_valid():
        return render(request, "surveys/sample.html", _sample(survey, letters_form=form, form=form), status=400)
    return act(
        request,
        survey,
        "層ごとの配布数を決めました。",
        lambda: actions.set_letters(survey.pk, form.letters_for(survey), actor=request.user),
        "surveys:sample",
    )


@survey_page(MANAGE)
@require_POST
def draw(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Draw, and hand over the mailing list; the uploaded list is not kept."""
    form = DrawForm(survey, request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "surveys/sample.html", _sample(survey, draw_form=form, form=form), status=400)
    given = form.cleaned_data
    try:
        mailing = actions.draw(survey.pk, given["frame"], seed=given["seed"], actor=request.user)
    except CitizenError as error:
        messages.error(request, str(error))
        return redirect("surveys:sample", survey.key)
    return download(mailing, f"{survey.key}-mailing.csv", "text/csv")


@survey_page(MANAGE)
@require_POST
def letters_pdf(request: HttpRequest, survey: Survey) -> HttpResponse:
    """A bundle of letters to print; printing again gives the same codes."""
    form = BundleForm(request.POST)
    if not form.is_valid():
        return render(request, "surveys/sample.html", _sample(survey, bundle_form=form, form=form), status=400)
    given = form.cleaned_data
    codes = survey.codes.filter(serial__gte=given["first"], serial__lte=given["last"]).order_by("serial")
    bundle = list(codes[: documents.MOST_LETTERS])
    if not bundle:
        messages.error(request, "その番号の手紙はありません。整理番号を確かめてください。")
        return redirect("surveys:sample", survey.key)
    with transaction.atomic():
        detail = {"first": bundle[0].serial, "last": bundle[-1].serial}
        record("surveys.letters.printed", actor=request.user, target=survey, detail=detail)
    with documents.in_register(given["register"]):
        return download(documents.letters_pdf(survey, bundle), f"{survey.key}-letters.pdf", "application/pdf")


@survey_page(MANAGE)
@require_POST
def reissue(request: HttpRequest, survey: Survey) -> HttpResponse:
    """A new code for one letter."""
    form = SerialForm(request.POST)
    if not form.is_valid():
        return render(request, "surveys/sample.html", _sample(survey, serial_form=form, form=form), status=400)
    serial = form.cleaned_data["serial"]
    return act(
        request,
        survey,
        f"{serial}番の符号を改めました。古い符号は使えません。{serial}番の手紙を印刷してください。",
        lambda: actions.reissue(survey.pk, serial, actor=request.user),
        "surveys:sample",
    )


@survey_page(MANAGE)
@require_POST
def reminders(request: HttpRequest, survey: Survey) -> HttpResponse:
    """The serial numbers nobody used, for the second letter; names stay with the mailing list."""
    rows = [f"{code.serial},{code.stratum.label}" for code in queries.unanswered(survey)]
    with transaction.atomic():
        record("surveys.reminders.exported", actor=request.user, target=survey, detail={"letters": len(rows)})
    return download("\n".join(["serial,stratum", *rows]) + "\n", f"{survey.key}-reminders.csv", "text/csv")
