"""進捗管理表 on the desk: the list of a period, the table, handing in, checking."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import person_of
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.services.plan.actions import reports as actions
from madoguchi.services.plan.models import Aside, Report
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.rules import cells
from madoguchi.services.plan.screens import reports as screens
from madoguchi.ui.characters import typed, without_unusable
from madoguchi.ui.templatetags.face import clocktime


@staff_page("plan.report.view")
@never_cache
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The newest period; a page that says there is none yet before the first."""
    if found := queries.periods():
        return redirect("plan:reports", found[0].half)
    return render(request, "plan/staff_reports_none.html")


@staff_page("plan.report.view")
@never_cache
@require_safe
def reports(request: HttpRequest, half: str) -> HttpResponse:
    """Every 進捗管理表 of a period that this person may see, with what is overdue."""
    context = screens.period_list(person_of(request), queries.period(half), today=clock.today())
    return render(request, "plan/staff_reports.html", context)


@staff_page("plan.report.view")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, half: str, key: str) -> HttpResponse:
    """One table. Saving keeps every field by itself; what met another's text is put aside, not lost."""
    found = queries.report(person_of(request), half, key)
    if request.method != "POST":
        return render(request, "plan/staff_report.html", screens.table(person_of(request), found, today=clock.today()))
    try:
        saved = actions.save(found.pk, edits_of(request), actor=person_of(request), now=clock.now())
    except CitizenError as error:
        messages.error(request, str(error))
        return JsonResponse({"error": str(error)}, status=409) if is_autosave(request) else to_report(found)
    return autosaved(saved) if is_autosave(request) else shown(request, found, saved)


def edits_of(request: HttpRequest) -> list[actions.Edit]:
    """The posted fields; each came with the token of the text its writer saw."""
    found = []
    for name, text in request.POST.items():
        key, dot, field = name.rpartition(".")
        if dot and field in cells.LABELS:
            found.append(actions.Edit(key, field, without_unusable(str(text)), request.POST.get(f"{name}:seen", "")))
    return found


def is_autosave(request: HttpRequest) -> bool:
    return "autosave" in request.POST


def autosaved(saved: actions.Saved) -> JsonResponse:
    """For the script: when, the new tokens, what was refused and what met another's text."""
    refused = {name: str(problem) for name, problem in saved.refused.items()}
    return JsonResponse({"saved": clocktime(clock.now()), "tokens": saved.tokens, "refused": refused, "met": saved.met})


def shown(request: HttpRequest, found: Report, saved: actions.Saved) -> HttpResponse:
    if saved.refused:
        again = queries.report(person_of(request), found.period.half, found.measure_key)
        typed = {name: str(text) for name, text in request.POST.items()}
        context = screens.table(person_of(request), again, today=clock.today(), typed=typed, saved=saved)
        return render(request, "plan/staff_report.html", context, status=400)
    if saved.met:
        messages.warning(request, "ほかの人が同じ欄を先に書いていました。両方の文を残しています。選んでください。")
    elif "submit" in request.POST:
        return _acted(
            request,
            found,
            "提出しました。",
            lambda: actions.submit(found.pk, actor=person_of(request), now=clock.now()),
        )
    else:
        messages.success(request, "保存しました。")
    return to_report(found)


def to_report(found: Report) -> HttpResponse:
    return redirect("plan:report", found.period.half, found.measure_key)


@staff_page("plan.report.check")
@require_POST
def confirm(request: HttpRequest, half: str, key: str) -> HttpResponse:
    """確認."""
    found = queries.report(person_of(request), half, key)
    return _acted(
        request, found, "確認しました。", lambda: actions.confirm(found.pk, actor=person_of(request), now=clock.now())
    )


@staff_page("plan.report.check")
@require_POST
def send_back(request: HttpRequest, half: str, key: str) -> HttpResponse:
    """差戻し with a question."""
    found = queries.report(person_of(request), half, key)
    question = typed(request.POST, "text")
    return _acted(
        request,
        found,
        "質問を付けて差し戻しました。",
        lambda: actions.send_back(found.pk, question, actor=person_of(request), now=clock.now()),
    )


@staff_page("plan.report.comment")
@require_POST
def remark(request: HttpRequest, half: str, key: str) -> HttpResponse:
    """意見, or the answer to a question."""
    found = queries.report(person_of(request), half, key)
    text = typed(request.POST, "text")
    return _acted(
        request,
        found,
        "書きました。",
        lambda: actions.remark(found.pk, text, actor=person_of(request), now=clock.now()),
    )


@staff_page("plan.report.write")
@require_POST
def settle(request: HttpRequest, half: str, key: str, aside_id: int) -> HttpResponse:
    """行き違い: the text that stands."""
    found = queries.report(person_of(request), half, key)
    if not Aside.objects.filter(pk=aside_id, report=found).exists():
        raise Http404
    text = typed(request.POST, "text")
    try:
        return _acted(
            request,
            found,
            "残す文を保存しました。",
            lambda: actions.settle(aside_id, text, actor=person_of(request), now=clock.now()),
        )
    except cells.Refused as refused:
        messages.error(request, str(refused))
        return to_report(found)


def _acted(request: HttpRequest, found: Report, done: str, act: Callable[[], object]) -> HttpResponse:
    """Do the act, say how it went, go back to the table."""
    try:
        act()
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return to_report(found)
