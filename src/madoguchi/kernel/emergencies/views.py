"""The page of whoever takes an emergency, and the reports of those who review."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import person_of
from madoguchi.kernel.audit.public import act_name
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.emergencies import actions, queries
from madoguchi.kernel.emergencies.forms import ReviewForm, TakeForm
from madoguchi.kernel.emergencies.models import EmergencyAccess
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError

FRESH_MINUTES = 15
PAGE_SIZE = 50
MOST_LINES = 2000


@staff_page(queries.OPEN, fresh_minutes=FRESH_MINUTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """What it is for, what follows from it, and the beginning."""
    person = person_of(request)
    form = TakeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.take(person, **form.cleaned_data, now=clock.now())
        except CitizenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "緊急閲覧を始めました。要らなくなったら、すぐに終えてください。")
            return redirect("portal:desk")
    context = {
        "form": form,
        "earlier": _rows(EmergencyAccess.objects.filter(person=person).select_related("person", "reviewed_by")[:20]),
    }
    return render(request, "emergencies/take.html", context, status=400 if form.is_bound else 200)


@staff_page(queries.OPEN)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    actions.end(person_of(request), now=clock.now())
    messages.success(request, "緊急閲覧を終えました。")
    return redirect("portal:desk")


@staff_page(queries.REVIEW)
@never_cache
@require_safe
def accesses(request: HttpRequest) -> HttpResponse:
    """Not reviewed first, the oldest first; then what was reviewed."""
    page = Paginator(queries.reviewable(person_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "emergencies/accesses.html", {"page": page, "rows": _rows(page.object_list)})


@staff_page(queries.REVIEW)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest, access_uid: UUID) -> HttpResponse:
    """The report: who, where, why, and every act meanwhile; then the review."""
    reviewer = person_of(request)
    found = queries.reviewable(reviewer).filter(uid=access_uid).first()
    if found is None:
        raise Http404
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.review(found.uid, actor=reviewer, **form.cleaned_data, now=clock.now())
        except CitizenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "確かめたことを記録しました。")
            return redirect("emergencies:accesses")
    lines = list(queries.acts_in(found)[: MOST_LINES + 1])
    context = {
        "row": _rows([found])[0],
        "access": found,
        "lines": [(line, act_name(line)) for line in lines[:MOST_LINES]],
        "more": len(lines) > MOST_LINES,
        "records": len({line.target for line in lines if line.verb.endswith(".viewed")}),
        "form": form,
        "can_review": found.reviewed_at is None and not found.is_open(clock.now()) and found.person_id != reviewer.pk,
    }
    return render(request, "emergencies/access.html", context, status=400 if form.is_bound else 200)


def _rows(found: Iterable[EmergencyAccess]) -> list[dict[str, object]]:
    """With the names of section and role, and where it stands."""
    names = {key: {one.key: str(one.name.ja) for one in records(key)} for key in ("section", "role")}
    now = clock.now()
    return [
        {
            "access": one,
            "section": names["section"].get(one.section_key, one.section_key),
            "role": names["role"].get(one.role_key, one.role_key),
            "is_open": one.is_open(now),
            "days": (clock.day_of(now) - clock.day_of(one.opened_at)).days,
        }
        for one in found
    ]
