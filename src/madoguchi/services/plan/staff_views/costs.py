"""経費: the lines of every measure, the plan's rules beside them, the table out to a spreadsheet and back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import person_of
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.lib.numbers import is_whole
from madoguchi.services.plan import access, sheet_views
from madoguchi.services.plan.actions import costs as actions
from madoguchi.services.plan.cost_forms import CostLineForm, CostTableForm, LayOutForm, ReplacedForm
from madoguchi.services.plan.models import CostLine
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import costs as queries
from madoguchi.services.plan.screens import costs as screens
from madoguchi.services.plan.staff_views.measures import seen

_SALT = "plan.costs.import"


@staff_page("plan.report.view")
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """All measures with their sums, beside what the plan has published."""
    return render(request, "plan/staff_costs.html", screens.desk(person_of(request)))


@staff_page("plan.report.view")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """The lines of one measure; `?line=` corrects one of them."""
    found = seen(request, key)
    if not access.may_cost(person_of(request), found):
        if request.method == "POST":
            raise Http404
        return render(request, "plan/staff_cost.html", screens.measure(found, person_of(request)))
    line = _line(found, request.GET["line"]) if "line" in request.GET else None
    form = CostLineForm(key, line, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.write(form.line(), seen=request.POST.get("seen", ""), actor=person_of(request))
        except CitizenError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "経費の行を記録しました。")
            return redirect("plan:cost", key)
    return _page(request, found, form=form, line=line)


def _line(found: Measure, text: str) -> CostLine:
    """One line of the measure. Raises: Http404 for one that is not there or another measure's."""
    line = CostLine.objects.filter(measure_key=found.key, pk=int(text)).first() if is_whole(text) else None
    if line is None:
        raise Http404
    return line


def _page(request: HttpRequest, found: Measure, **forms: Any) -> HttpResponse:
    context = screens.measure(found, person_of(request))
    replaced = context["replaced"]
    initial = {"total_thousand_yen": replaced.total_thousand_yen, "source": replaced.source} if replaced else {}
    context |= {"form": CostLineForm(found.key), "layout": LayOutForm(), "present": ReplacedForm(initial=initial)}
    context |= forms | {"line_token": queries.token(forms.get("line"))}
    refused = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "plan/staff_cost.html", context, status=400 if refused else 200)


@staff_page("plan.report.view")
@require_POST
def act(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """A whole life cycle, the total of what is replaced, or a line taken back."""
    found, person = seen(request, key), person_of(request)
    if not access.may_cost(person, found):
        raise Http404
    match act:
        case "layout":
            layout = LayOutForm(request.POST)
            if not layout.is_valid():
                return _page(request, found, layout=layout)
            return _acted(
                request, key, lambda: actions.lay_out(key, layout.costs(), layout.cleaned_data["fund"], actor=person)
            )
        case "replaced":
            present = ReplacedForm(request.POST)
            if not present.is_valid():
                return _page(request, found, present=present)
            return _acted(request, key, lambda: actions.replace(key, **present.cleaned_data, actor=person))
        case "remove":
            line = _line(found, request.POST.get("line", ""))
            token = request.POST.get("seen", "")
            return _acted(request, key, lambda: actions.remove(line.pk, seen=token, actor=person))
        case _:
            raise Http404


def _acted(request: HttpRequest, key: str, act: Any) -> HttpResponse:
    try:
        act()
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "記録しました。")
    return redirect("plan:cost", key)


@staff_page("plan.report.view")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Choose a file, see the differences; a wrong cell is named and nothing is taken."""
    names = (*queries.KEY, *queries.AMOUNTS)
    return sheet_views.shown(
        request,
        "plan/staff_cost_take.html",
        CostTableForm,
        salt=_SALT,
        read=lambda content: screens.read_table(content, person_of(request)),
        packed=lambda reading: {
            "seen": queries.digest(),
            "lines": [{name: getattr(line, name) for name in names} for line in reading.changed],
        },
    )


@staff_page("plan.report.view")
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the differences that were shown, all of them."""

    def act(payload: dict[str, Any]) -> str:
        changed = [CostLine(**values) for values in payload["lines"]]
        actions.take(changed, seen=payload["seen"], actor=person_of(request))
        return f"{len(changed)}行の経費を改めました。"

    if not sheet_views.confirmed(request, salt=_SALT, act=act):
        return redirect("plan:costs_take")
    return redirect("plan:costs_desk")
