"""The plan in public. Every page is the same for everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from madoguchi.kernel.citydata.public import UnknownRecord, record
from madoguchi.lib import clock
from madoguchi.lib.access import public_page
from madoguchi.services.plan import queries, screens


@public_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The plan in force at a glance: goals, fields, all measures."""
    return render(request, "plan/index.html", screens.overview(queries.outline(), clock.today()))


@public_page
@require_safe
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """The same of any published plan: one that is over, or one that begins later."""
    try:
        found = record("plan.outline", key)
    except UnknownRecord as error:
        raise Http404 from error
    return render(request, "plan/index.html", screens.overview(found, clock.today()))


@public_page
@require_safe
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """One measure: what it wants, how it is planned, what really happened."""
    try:
        found = record("plan.measure", key)
    except UnknownRecord as error:
        raise Http404 from error
    return render(request, "plan/measure.html", screens.measure_screen(found, clock.today()))


@public_page
@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    """The renewal of the city's systems as a Gantt chart."""
    return render(request, "plan/systems.html", screens.systems(request.GET.get("section", "")))


@public_page
@require_safe
def survey(request: HttpRequest) -> HttpResponse:
    """The residents' survey: every chart is its table."""
    names = {found.key: found.name for found in queries.measures()}
    context = {"screens": [screens.survey_screen(found) for found in queries.surveys()], "names": names}
    return render(request, "plan/survey.html", context)


@public_page
@require_safe
def costs(request: HttpRequest) -> HttpResponse:
    """The estimate by year."""
    return render(request, "plan/costs.html", screens.costs_screen())


@public_page
@require_safe
def previous(request: HttpRequest) -> HttpResponse:
    """The previous plan."""
    return render(request, "plan/previous.html", screens.previous())


@public_page
@require_safe
def around(request: HttpRequest) -> HttpResponse:
    """The plan from outside: the Act's five kinds, wishes without a measure, other municipalities, words."""
    return render(request, "plan/around.html", screens.around(clock.today()))
