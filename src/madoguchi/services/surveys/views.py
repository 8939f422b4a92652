"""Pages for everyone: which surveys there are, answering with a code, published results."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from madoguchi.kernel.accounts.public import take_try
from madoguchi.lib import clock
from madoguchi.lib.access import public_page
from madoguchi.lib.errors import CitizenError
from madoguchi.lib.limits import Limit
from madoguchi.services.surveys import actions, answer_cookie, rules, screens
from madoguchi.services.surveys.errors import AnswerMissing, CodeUnknown
from madoguchi.services.surveys.forms import CodeForm, PageForm
from madoguchi.services.surveys.models import Survey

# from one address; a library has one for all its visitors
WRONG_CODES = Limit("surveys.code", most=30, window=timedelta(minutes=15))


@public_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Surveys that take answers, and results."""
    return render(request, "surveys/index.html", screens.index(today=clock.today()))


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, code: str = "") -> HttpResponse:
    """The code of the letter; the QR code fills it in."""
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"code": code})
    if not form.is_bound or not form.is_valid():
        return render(request, "surveys/enter.html", {"form": form}, status=400 if form.is_bound else 200)
    try:
        survey, token = _enter(request, form.cleaned_data["code"])
    except CitizenError as error:
        form.add_error("code", str(error))
        return render(request, "surveys/enter.html", {"form": form}, status=400)
    response = redirect("surveys:answer", survey.key, survey.questionnaire.pages[0].key)
    return answer_cookie.give(response, survey.key, form.cleaned_data["code"], token)


def _enter(request: HttpRequest, code: str) -> tuple[Survey, str]:
    """Wrong codes are counted by address; a right one leaves no row, so that nothing tells when somebody came.

    Raises: TooManyTries, and what `actions.enter` raises.
    """
    address, now = str(request.META.get(settings.CLIENT_ADDRESS_META, "")), clock.now()
    take_try(WRONG_CODES, address, now=now, only_look=True)
    try:
        return actions.enter(code, today=clock.today())
    except CodeUnknown:
        take_try(WRONG_CODES, address, now=now)
        raise


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str, page_key: str) -> HttpResponse:
    """One page of questions."""
    draft, _code = answer_cookie.read(request, key)
    pages = {page.key: page for page in rules.visible_pages(draft.survey.questionnaire, draft.answers)} if draft else {}
    if page_key not in pages:
        return redirect("surveys:enter")
    form = PageForm(pages[page_key], draft.answers, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        draft = actions.save_page(draft, form.answers(), today=clock.today())
        return redirect(screens.after(draft, page_key))
    return render(
        request, "surveys/page.html", screens.page(draft, page_key, form), status=400 if form.is_bound else 200
    )


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Everything once more, then into the box. Twice is once."""
    draft, code = answer_cookie.read(request, key)
    if draft is None:
        return redirect("surveys:enter")
    if request.method != "POST":
        return render(request, "surveys/check.html", screens.check(draft))
    try:
        actions.hand_in(draft, code, today=clock.today())
    except AnswerMissing as error:
        return redirect("surveys:answer", key, error.page_key)
    except CitizenError as error:
        return render(request, "surveys/check.html", {**screens.check(draft), "problem": error}, status=409)
    return answer_cookie.take(redirect("surveys:done", key))


@public_page
@require_safe
def done(request: HttpRequest, key: str) -> HttpResponse:
    """Thanks. Says nothing about what was answered."""
    return render(request, "surveys/done.html", screens.done(key))
