"""記録の保存と廃棄: what is past its period, what is held, and the decision to dispose of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from madoguchi.kernel.accounts.public import may, person_of
from madoguchi.kernel.retention import actions
from madoguchi.kernel.retention.forms import HoldForm, LiftForm
from madoguchi.kernel.retention.models import Disposal, Hold
from madoguchi.kernel.retention.rules import preview, rules
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError

FRESH_MINUTES = 30


@staff_page("retention.plan.view")
@never_cache
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Each rule with what it would erase today; what is held; what was disposed of."""
    context = {
        "previews": [preview(rule, today=clock.today()) for rule in rules().values()],
        "holds": Hold.objects.filter(lifted_at=None).select_related("set_by")[:200],
        "disposals": Disposal.objects.select_related("confirmed_by")[:50],
        "names": {rule.key: rule.name for rule in rules().values()},
        "may_confirm": may(person_of(request), "retention.disposal.confirm"),
        "may_hold": may(person_of(request), "retention.hold.set"),
    }
    return render(request, "retention/staff_plan.html", context)


@staff_page("retention.disposal.confirm", fresh_minutes=FRESH_MINUTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, rule_key: str) -> HttpResponse:
    """What goes, once more, by month; then the decision. It cannot be taken back."""
    rule = rules().get(rule_key)
    if rule is None or not rule.needs_decision:
        raise Http404
    if request.method != "POST":
        found = preview(rule, today=clock.today())
        return render(request, "retention/staff_confirm.html", {"rule": rule, "preview": found})
    expected = request.POST.get("expected", "")
    try:
        actions.confirm(
            rule,
            expected=int(expected) if expected.isascii() and expected.isdigit() else 0,
            actor=person_of(request),
            today=clock.today(),
            now=clock.now(),
        )
    except CitizenError as error:
        messages.error(request, str(error))
        return redirect("retention:confirm", rule_key)
    messages.success(request, "廃棄を決めました。処理がこれから進み、記録に残ります。")
    return redirect("retention:plan")


@staff_page("retention.hold.set")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest) -> HttpResponse:
    """Keep one record from being erased."""
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            actions.hold(data["number"], reason=data["reason"], actor=person_of(request), now=clock.now())
        except CitizenError as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, "廃棄を止めました。解くまで、この記録は消えません。")
            return redirect("retention:plan")
    return render(request, "retention/staff_hold.html", {"form": form}, status=400 if form.is_bound else 200)


@staff_page("retention.hold.set")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, hold_id: int) -> HttpResponse:
    """The period counts again."""
    found = get_object_or_404(Hold.objects.select_related("set_by"), pk=hold_id, lifted_at=None)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.lift(found.pk, reason=form.cleaned_data["reason"], actor=person_of(request), now=clock.now())
        messages.success(request, "停止を解きました。保存期間が過ぎていれば、次の廃棄の対象になります。")
        return redirect("retention:plan")
    context = {"form": form, "hold": found}
    return render(request, "retention/staff_lift.html", context, status=400 if form.is_bound else 200)
