"""ICT戦略会議: meetings, the pack on a tablet and as PDF, decisions and what became of them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import may, person_of
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.services.plan.actions import council as actions
from madoguchi.services.plan.documents import council_pdf
from madoguchi.services.plan.models import Decision, Meeting
from madoguchi.services.plan.queries import measures
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.screens import council as screens
from madoguchi.services.plan.staff_forms import DecisionForm, MeetingForm
from madoguchi.ui.characters import typed


@staff_page("plan.council.view")
@never_cache
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings, what waits for the next, and open decisions."""
    context = screens.council_list(today=clock.today())
    context["form"] = MeetingForm() if may(person_of(request), "plan.council.keep") else None
    return render(request, "plan/staff_council.html", context)


@staff_page("plan.council.keep")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """A new meeting; its agenda is collected at once."""
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "plan/staff_council_call.html", {"form": form}, status=400 if form.is_bound else 200)
    meeting = actions.call(**form.cleaned_data, actor=person_of(request), now=clock.now())
    messages.success(request, "会議を用意し、議題を集めました。")
    return redirect("plan:meeting", meeting.pk)


@staff_page("plan.council.view")
@never_cache
@require_safe
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The pack as a page for a tablet."""
    context = screens.meeting_screen(_meeting(meeting_id), today=clock.today())
    context["form"] = DecisionForm(measures()) if may(person_of(request), "plan.council.keep") else None
    return render(request, "plan/staff_meeting.html", context)


@staff_page("plan.council.view")
@never_cache
@require_safe
def pack(request: HttpRequest, meeting_id: int) -> HttpResponse:  # noqa: ARG001
    """The pack as one PDF."""
    found = _meeting(meeting_id)
    headers = {"Content-Disposition": f'inline; filename="council-{found.held_on}.pdf"'}
    return HttpResponse(council_pdf(found, today=clock.today()), content_type="application/pdf", headers=headers)


@staff_page("plan.council.keep")
@require_POST
def collect(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Collect the agenda anew."""
    _meeting(meeting_id)
    return _acted(
        request,
        meeting_id,
        "議題を集めなおしました。",
        lambda: actions.collect(meeting_id, actor=person_of(request), now=clock.now()),
    )


@staff_page("plan.council.keep")
@require_POST
def add_item(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """An item by hand."""
    _meeting(meeting_id)
    title, text = typed(request.POST, "title"), typed(request.POST, "text")
    return _acted(
        request,
        meeting_id,
        "議題を加えました。",
        lambda: actions.add_item(meeting_id, title=title, text=text, actor=person_of(request), now=clock.now()),
    )


@staff_page("plan.council.keep")
@never_cache
@require_POST
def decide(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Record a decision."""
    found, form = _meeting(meeting_id), DecisionForm(measures(), request.POST)
    if not form.is_valid():
        context = screens.meeting_screen(found, today=clock.today()) | {"form": form}
        return render(request, "plan/staff_meeting.html", context, status=400)
    given = dict(form.cleaned_data)
    measure = queries.measure(given.pop("measure"))
    return _acted(
        request,
        meeting_id,
        "決定を記録しました。",
        lambda: actions.decide(meeting_id, measure, **given, actor=person_of(request), now=clock.now()),
    )


@staff_page("plan.report.write")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, decision_id: int) -> HttpResponse:
    """経過 of a decision, by the section it was given to."""
    found = Decision.objects.select_related("meeting").filter(pk=decision_id).first()
    if found is None or not may(person_of(request), "plan.report.write", found):
        raise Http404
    context = {"decision": found, "measure": queries.measure(found.measure_key), "log": list(found.follow_ups.all())}
    if request.method != "POST":
        return render(request, "plan/staff_follow_up.html", context)
    text, is_done = typed(request.POST, "text"), "done" in request.POST
    try:
        actions.follow_up(
            found.pk, text=text, is_done=is_done, actor=person_of(request), today=clock.today(), now=clock.now()
        )
    except CitizenError as error:
        messages.error(request, str(error))
        return render(request, "plan/staff_follow_up.html", context, status=400)
    messages.success(request, "経過を書きました。")
    return redirect("plan:follow_up", found.pk)


def _meeting(meeting_id: int) -> Meeting:
    found = Meeting.objects.select_related("period").filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    return found


def _acted(request: HttpRequest, meeting_id: int, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("plan:meeting", meeting_id)
