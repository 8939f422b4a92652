"""The renewal of systems for staff: what is due, what a moved date breaks, the table back from a spreadsheet."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madoguchi.kernel.accounts.public import may
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.services.plan import actions, queries, sheet_views
from madoguchi.services.plan.pack import System
from madoguchi.services.plan.screens import renewal as renewal_screens
from madoguchi.services.plan.system_forms import TableForm, WhatIfForm

_SALT = "plan.systems.import"


@staff_page("plan.system.view")
@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What comes in the next months, what the rules say, how the load is spread."""
    own = queries.systems_of(request.user)
    context = renewal_screens.desk(own, on=_day(request.GET.get("on", "")) or clock.today())
    context["can_revise"] = may(request.user, "plan.system.revise")
    return render(request, "plan/staff_systems.html", context)


def _day(month: str) -> date | None:
    """The first of a month written 2021-07; None for anything else."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        return None


@staff_page("plan.system.view")
@never_cache
@require_GET
def what_if(request: HttpRequest) -> HttpResponse:
    """Move one date and see what else breaks. Nothing is saved."""
    form = WhatIfForm(queries.systems_of(request.user), request.GET if "system" in request.GET else None)
    context = {"form": form}
    if form.is_bound and form.is_valid():
        context |= renewal_screens.what_if(form.moved(), form.cleaned_data["milestone"])
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "plan/staff_what_if.html", context, status=status)


@staff_page("plan.system.revise")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Choose a file, see the differences; a wrong cell is named and nothing is taken."""
    return sheet_views.shown(
        request,
        "plan/staff_take.html",
        TableForm,
        salt=_SALT,
        read=renewal_screens.read_table,
        packed=lambda reading: {
            "seen": queries.systems_digest(),
            "systems": [item.model_dump(mode="json") for item in reading.changed],
        },
    )


@staff_page("plan.system.revise")
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the differences that were shown, all of them."""

    def act(payload: dict[str, Any]) -> str:
        changed = [System.model_validate(item) for item in payload["systems"]]
        actions.revise_systems(changed, actor=request.user, seen=payload["seen"])
        return f"{len(changed)}件のシステムを改めました。前の版も残っています。"

    if not sheet_views.confirmed(request, salt=_SALT, act=act):
        return redirect("plan:systems_take")
    return redirect("plan:systems_desk")
