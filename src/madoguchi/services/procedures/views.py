"""Pages for residents: what a procedure is, its questions, the check, the receipt, correction and withdrawal."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from madoguchi.kernel.accounts.public import step_up
from madoguchi.kernel.citydata.public import UnknownRecord, record
from madoguchi.kernel.mandates.public import acting
from madoguchi.lib import clock
from madoguchi.lib.access import public_page, resident_page
from madoguchi.lib.errors import CitizenError
from madoguchi.services.procedures import actions, queries, screens
from madoguchi.services.procedures.errors import IncompleteCase
from madoguchi.services.procedures.forms import SubmitForm
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.pack import Procedure

State = Case.State


@public_page
@require_safe
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """Who may ask, what it costs, how long it takes, what to have ready."""
    found = _procedure(key)
    return render(request, "procedures/procedure.html", screens.start_screen(found, today=clock.today()))


@public_page
@require_safe
def guide(request: HttpRequest, guide_key: str) -> HttpResponse:
    """What is not online yet: what it is, and who sees to it."""
    try:
        found = record("procedures.guide", guide_key)
    except UnknownRecord as error:
        raise Http404 from error
    section = record("section", found.section) if found.section else None
    return render(request, "procedures/guide.html", {"guide": found, "section": section})


def _procedure(key: str) -> Procedure:
    try:
        found: Procedure = record("procedure", key)
    except UnknownRecord as error:
        raise Http404 from error
    return found


def own_case_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about one's own case: 404 for anyone else's, and the identity level its procedure wants."""

    @wraps(view)
    def guarded(request: HttpRequest, case_uid: UUID, **more: Any) -> HttpResponse:
        case = queries.own_case(acting(request), case_uid)
        return step_up(request, level=case.procedure.identity_level) or view(request, case, **more)

    return resident_page()(never_cache(guarded))


@resident_page()
@never_cache
@require_safe
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Begin, or go on where one stopped."""
    if way := step_up(request, level=_procedure(key).identity_level):
        return way
    return redirect(screens.next_address(actions.begin(acting(request), key, now=clock.now())))


@own_case_page
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, case: Case, page_key: str) -> HttpResponse:
    """One page of questions: shown, kept, checked, left."""
    if case.state != State.DRAFT:
        return redirect("procedures:case", case.uid)
    if page_key not in {found.key for found in case.procedure.pages}:
        raise Http404
    if request.method == "GET":
        return render(request, "procedures/page.html", screens.page_screen(case, page_key, today=clock.today()))
    turn = screens.Turn(request, case, page_key)
    if "autosave" in request.POST:
        return JsonResponse({"saved": turn.keep()})
    if address := turn.take():
        return redirect(address)
    return render(request, "procedures/page.html", turn.screen, status=turn.status)


@own_case_page
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, case: Case) -> HttpResponse:
    """Everything once more, then hand it in with a proof of identity as fresh as the procedure wants. Twice is once."""
    if case.state != State.DRAFT:
        return redirect("procedures:case", case.uid)
    if way := step_up(request, level=case.procedure.identity_level, minutes=case.procedure.proof_minutes):
        return way
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit(case.uid, by=acting(request), now=clock.now())
        except IncompleteCase as error:
            messages.error(request, str(error))
            return redirect("procedures:page", case.uid, error.page_key)
        return redirect("procedures:case", case.uid)
    if gap := screens.first_gap(case):
        return redirect(gap)
    status = 400 if form.is_bound else 200
    return render(request, "procedures/check.html", screens.check_screen(case, form, clock.today()), status=status)


@own_case_page
@require_safe
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """The receipt, and how far the case has come."""
    if case.state == State.DRAFT:
        return redirect(screens.next_address(case))
    return render(request, "procedures/case.html", screens.case_screen(case))


@own_case_page
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, case: Case) -> HttpResponse:
    """Answer the one question staff asked to have answered anew."""
    correction = case.corrections.filter(answered_at=None).first()
    if correction is None:
        return redirect("procedures:case", case.uid)
    turn = screens.CorrectionTurn(request, case, correction)
    if request.method == "POST" and turn.take():
        messages.success(request, _("直した内容を受け取りました。担当の課が確認をつづけます。"))
        return redirect("procedures:case", case.uid)
    return render(request, "procedures/correct.html", turn.screen, status=turn.status)


@own_case_page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """取下げ: asked once more, because it is final."""
    if request.method == "GET":
        return render(request, "procedures/withdraw.html", {"case": case, "procedure": case.procedure})
    try:
        actions.withdraw(case.uid, by=acting(request), now=clock.now())
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("手続を取り下げました。"))
    return redirect("procedures:case", case.uid)
