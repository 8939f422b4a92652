"""組織改正: the plans, what each touches, and taking one back before its day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts import actions
from madoguchi.kernel.accounts.admin_forms import ChangeFormSet, PlanForm
from madoguchi.kernel.accounts.models import Reorganisation
from madoguchi.kernel.accounts.queries import touched_by
from madoguchi.kernel.accounts.sessions import person_of
from madoguchi.kernel.citydata.public import records
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError

REORGANISE = "accounts.section.reorganise"
FRESH_MINUTES = 30


@staff_page(REORGANISE)
@never_cache
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every reorganisation, the latest first."""
    return render(request, "accounts/reorganisations.html", {"plans": Reorganisation.objects.all()[:100]})


@staff_page(REORGANISE, fresh_minutes=FRESH_MINUTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form, lines = PlanForm(data), ChangeFormSet(data)
    if form.is_bound and form.is_valid() and lines.is_valid():
        changes = [actions.Change(**line.cleaned_data) for line in lines if line.has_changed()]
        try:
            made = actions.plan_reorganisation(
                **form.cleaned_data, changes=changes, actor=person_of(request), now=clock.now(), today=clock.today()
            )
        except CitizenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "予定しました。下の影響を確かめてください。施行日までは取り消せます。")
            return redirect("accounts:reorganisation", made.pk)
    status = 400 if form.is_bound else 200
    return render(request, "accounts/reorganisation_plan.html", {"form": form, "lines": lines}, status=status)


@staff_page(REORGANISE)
@never_cache
@require_safe
def detail(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What a plan changes, and what it touches."""
    found = get_object_or_404(Reorganisation.objects.select_related("planned_by"), pk=plan_id)
    names = {section.key: section.name.ja for section in records("section")}
    rows = [
        (change, names.get(change.section_key, change.section_key), names.get(change.into_key, change.new_value), work)
        for change, work in touched_by(found)
    ]
    return render(request, "accounts/reorganisation.html", {"plan": found, "rows": rows})


@staff_page(REORGANISE, fresh_minutes=FRESH_MINUTES)
@require_POST
def withdraw(request: HttpRequest, plan_id: int) -> HttpResponse:
    get_object_or_404(Reorganisation, pk=plan_id)
    try:
        actions.withdraw_reorganisation(plan_id, actor=person_of(request), now=clock.now())
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "予定を取り消しました。何も変わっていません。")
    return redirect("accounts:reorganisation", plan_id)
