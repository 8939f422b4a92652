"""The desk: the list, a case, and what can be decided about it."""

import csv
from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from madoguchi.kernel.accounts.public import Person, may, person_of
from madoguchi.kernel.audit.public import act_name, history
from madoguchi.kernel.citydata.public import calendar, record
from madoguchi.kernel.desk.public import closed, opening, remember
from madoguchi.kernel.files.public import note_for_staff
from madoguchi.kernel.notify.public import Way, way_to
from madoguchi.lib import clock, wareki
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.lib.spreadsheets import safe_cell
from madoguchi.services.procedures import actions, queries, rules, summaries
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.staff_forms import CorrectionForm, DeskFilter, RefusalForm

PAGE_SIZE = 50
MOST_EXPORTED = 10_000
PROOF_MINUTES = 60  # who decides has shown the second factor within the hour


@staff_page("procedures.case.view")
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Cases of the own sections, earliest due date first; opened without filters, it opens as it was last."""
    person, today = person_of(request), clock.today()
    if not request.GET and (query := opening(person, "cases")):
        return redirect(f"{request.path}?{query}")
    filters = DeskFilter(request.GET)
    cases = filters.apply(queries.visible_to(request.user), person=request.user, today=today)
    remember(person, "cases", filters.query)
    page = Paginator(queries.by_due_date(cases), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = queries.view_counts(request.user, today=today)
    views = [
        {"label": label, "url": f"?view={key}", "count": counts[key], "current": key == filters.view}
        for key, (label, _condition) in queries.VIEWS.items()
    ]
    rows = queries.desk_rows(queries.with_applicants(page.object_list), today=today)
    may_hand = may(request.user, "procedures.case.decide")
    context = {
        "rows": rows,
        "page": page,
        "views": views,
        "filters": filters,
        "query": request.GET.urlencode(),
        "may_hand": may_hand,
        "keys_off": "keys" in closed(request.user),
        "colleagues": queries.colleagues(request.user, on=today) if may_hand else [],
    }
    return render(request, "procedures/staff_desk.html", context)


@staff_page("procedures.case.view")
@never_cache
@require_safe
def desk_csv(request: HttpRequest) -> HttpResponse:
    """The list as CSV for a spreadsheet: no personal data, no cell that could act as a formula."""
    today = clock.today()
    found = queries.visible_to(request.user)
    cases = DeskFilter(request.GET).apply(found, person=request.user, today=today).order_by("submitted_at")
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cases.csv"'
    writer = csv.writer(response)
    writer.writerow(["受付番号", "手続", "課", "状態", "受付日", "期限"])
    for row in queries.desk_rows(cases[:MOST_EXPORTED], today=today):
        case = row.case
        cells = [
            case.receipt_number or "",
            row.procedure,
            row.section,
            str(case.get_state_display()),
            clock.day_of(case.submitted_at).isoformat(),
            case.due_on.isoformat() if case.due_on else "",
        ]
        writer.writerow([safe_cell(cell) for cell in cells])
    return response


@staff_page("procedures.case.view")
@never_cache
@require_safe
def case(request: HttpRequest, case_uid: UUID) -> HttpResponse:
    """Everything about one case. Looking leaves a line in the trail."""
    found = queries.desk_case(request.user, case_uid)
    actions.note_look(found, actor=request.user)
    return render(request, "procedures/staff_case.html", _case_screen(found, request.user))


PAPER_BECAUSE = {  # why notices of this case go by post
    Way.NO_ADDRESS: "申請した方のメールアドレスがありません。補正や決定は郵送で知らせてください。",
    Way.RETURNED: "この方のアドレスからメールがもどってきました。補正や決定は郵送で知らせてください。",
}


def _case_screen(case: Case, actor: Person) -> dict[str, object]:
    today = clock.today()
    lines = list(history(case).order_by("-number")[:100])
    names = dict(_staff_names([line.actor for line in lines]))
    left = queries.working_days_left(case.due_on, today, calendar())
    total = case.procedure.standard_working_days
    return {
        "case": case,
        "procedure": case.procedure,
        "section": record("section", case.section_key),
        "groups": summaries.groups(case.procedure, case.answers, file_names=queries.file_names(case)),
        "files": [item.file for item in case.attachments.select_related("file__thumbnail").order_by("pk")],
        "scan_note": note_for_staff(),
        "corrections": list(case.corrections.select_related("asked_by")),
        "decision": getattr(case, "decision", None),
        "history": [(line.at, names.get(line.actor, _applicant(line.detail)), act_name(line)) for line in lines],
        "left": left,
        "used_percent": max(0, min(100, round(100 * (total - (left or 0)) / total))),
        "deadline": rules.deadline(case.procedure, case.answers, clock.day_of(case.submitted_at)),
        "paper_because": _paper_because(case, today),
        "colleagues": queries.colleagues(actor, on=today) if may(actor, "procedures.case.decide", case) else [],
        "can_decide": may(actor, "procedures.case.decide", case),
        "has_number": queries.number_question(case) is not None and may(actor, "procedures.number.view", case),
        "can_approve": rules.next_state("approve", case.state) is not None,
        "can_refuse": rules.next_state("refuse", case.state) is not None,
        "can_ask": rules.next_state("ask_correction", case.state) is not None,
    }


def _paper_because(case: Case, today: date) -> str:
    """Why notices go by post; empty as long as one of those who are told can be reached without."""
    ways = [way_to(person) for person in queries.told(case, on=today)]
    return "" if {Way.MAIL, Way.PAGE} & set(ways) else PAPER_BECAUSE[ways[0]]


def _applicant(detail: dict[str, object]) -> str:
    return "代理人" if "mandate" in detail else "申請した方"


def _staff_names(actors: list[str]) -> list[tuple[str, str]]:
    """Staff by the name the trail has for them; residents stay unnamed."""
    keys = {actor.partition(":")[2] for actor in actors if actor.startswith("accounts.person:")}
    found = Person.objects.filter(pk__in=[key for key in keys if key.isdecimal()], kind=Person.Kind.STAFF)
    return [(f"accounts.person:{person.pk}", person.name) for person in found]


@staff_page("procedures.number.view", fresh_minutes=30)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def number(request: HttpRequest, case_uid: UUID) -> HttpResponse:
    """個人番号: why it may be seen; after the button the number, this once, with a record of the look."""
    found = queries.desk_case(request.user, case_uid)
    question = queries.number_question(found)
    shown = ""
    if request.method == "POST" and question is not None:
        shown = actions.show_number(found, question, actor=request.user)
    context = {"case": found, "procedure": found.procedure, "question": question, "number": shown}
    return render(request, "procedures/staff_number.html", context)


@staff_page("procedures.case.decide")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_correction(request: HttpRequest, case_uid: UUID) -> HttpResponse:
    """補正: choose the question, write what is wrong."""
    found = queries.desk_case(request.user, case_uid)
    form = CorrectionForm(found, request.POST if request.method == "POST" else None)
    answer_by = calendar().add(clock.today(), found.procedure.correction_working_days)
    context = {"case": found, "procedure": found.procedure, "form": form, "answer_by": answer_by}
    if request.method == "GET" or not form.is_valid():
        return render(request, "procedures/staff_correction.html", context, status=400 if form.is_bound else 200)
    return _acted(
        request,
        found,
        "補正をお願いしました。時計は止まっています。",
        lambda: actions.ask_correction(found.uid, actor=request.user, now=clock.now(), **form.cleaned_data),
    )


@staff_page("procedures.case.decide", fresh_minutes=PROOF_MINUTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, case_uid: UUID) -> HttpResponse:
    """Shows the letter first; the decision is final."""
    found = queries.desk_case(request.user, case_uid)
    if request.method == "GET":
        context = {"case": found, "procedure": found.procedure, "today": wareki.long(clock.today())}
        return render(request, "procedures/staff_approve.html", context)
    done = "承認しました。通知を送ります。"
    return _acted(request, found, done, lambda: actions.approve(found.uid, actor=request.user, now=clock.now()))


@staff_page("procedures.case.decide", fresh_minutes=PROOF_MINUTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, case_uid: UUID) -> HttpResponse:
    """不承認: the reason is compulsory, 教示 is printed from the procedure."""
    found = queries.desk_case(request.user, case_uid)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    context = {"case": found, "procedure": found.procedure, "form": form}
    if request.method == "GET" or not form.is_valid():
        return render(request, "procedures/staff_refuse.html", context, status=400 if form.is_bound else 200)
    reason = form.cleaned_data["reason"]
    return _acted(
        request,
        found,
        "不承認としました。理由と教示を付けて通知を送ります。",
        lambda: actions.refuse(found.uid, actor=request.user, reason=reason, now=clock.now()),
    )


def _acted(request: HttpRequest, case: Case, done: str, act: Callable[[], object]) -> HttpResponse:
    """Do the act, say how it went, go back to the case."""
    try:
        act()
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("procedures:desk_case", case.uid)
