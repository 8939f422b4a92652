"""Paper answers: take in the slip, key the sheet, compare."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from madoguchi.lib import clock
from madoguchi.lib.errors import CitizenError
from madoguchi.services.surveys import actions, queries, rules, screens
from madoguchi.services.surveys.desk_page import KEY, act, survey_page
from madoguchi.services.surveys.forms import CodeForm, PageForm
from madoguchi.services.surveys.models import Survey


@survey_page(KEY)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Slips in, sheets to key, differences to settle."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return act(
            request,
            survey,
            "回答券を受け付けました。回答票に番号を押して、入力の束に混ぜてください。",
            lambda: actions.receive_paper(
                survey.pk, form.cleaned_data["code"], actor=request.user, today=clock.today()
            ),
            "surveys:paper",
        )
    context = {
        "survey": survey,
        "form": form,
        "keying": queries.keying(survey),
        "mine": survey.sheets.filter(second_by=None).exclude(first_by=request.user)[:200],
        "compare": queries.sheets_to_compare(survey)[:200],
        "next_number": queries.next_sheet(survey),
        "here": "paper",
    }
    return render(request, "surveys/paper.html", context, status=400 if form.is_bound else 200)


@survey_page(KEY)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, survey: Survey, number: int) -> HttpResponse:
    """Key one sheet: all questions on one page, in the order of the paper."""
    data = request.POST if request.method == "POST" else None
    pages = [(page, PageForm(page, {}, data, keying=True)) for page in survey.questionnaire.pages]
    forms = [form for _, form in pages]
    wrong = [form for form in forms if not form.is_valid()]
    if data is not None and not wrong:
        answers = {key: value for form in forms for key, value in form.answers().items()}
        return act(
            request,
            survey,
            f"{number}番の回答票を入力しました。",
            lambda: actions.key_sheet(survey.pk, number, answers, actor=request.user),
            "surveys:paper",
        )
    context = {"survey": survey, "number": number, "pages": pages, "form": wrong[0], "here": "paper"}
    return render(request, "surveys/sheet.html", context, status=400 if data is not None else 200)


@survey_page(KEY)
@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request: HttpRequest, survey: Survey, number: int) -> HttpResponse:
    """What two people read differently, side by side."""
    found = queries.sheets_to_compare(survey).filter(number=number).first()
    if found is None:
        raise Http404
    open_keys = rules.differences(found.first, found.second)
    if request.method == "POST":
        chosen = {key: request.POST.get(key, "") for key in open_keys}
        try:
            actions.resolve_sheet(survey.pk, number, chosen, actor=request.user)
        except CitizenError as error:
            messages.error(request, str(error))
            return redirect("surveys:resolve", survey.key, number)
        messages.success(request, f"{number}番の違いを解決しました。")
        return redirect("surveys:paper", survey.key)
    questions = [survey.questionnaire.question(key) for key in open_keys]
    rows = [
        (q, screens.in_words(q, found.first.get(q.key)), screens.in_words(q, found.second.get(q.key)))
        for q in questions
    ]
    return render(request, "surveys/resolve.html", {"survey": survey, "number": number, "rows": rows, "here": "paper"})
