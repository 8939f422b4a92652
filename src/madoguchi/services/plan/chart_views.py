"""Charts for other sites: pages without anything around them, the only ones of the installation that may be framed.

What makes that safe: they are the same for everyone, hold no form, no script, nothing of the reader, and set no cookie.
"""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from madoguchi.kernel.citydata.public import UnknownRecord, record
from madoguchi.lib import clock
from madoguchi.lib.access import public_page
from madoguchi.services.plan import queries, screens
from madoguchi.services.plan.screens import status

View = Callable[..., HttpResponse]


def may_be_framed(view: View) -> View:
    """Lets any site show the page in a frame; in return the page can run nothing and send nothing."""
    frame: dict[str, Any] = {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE]}
    return xframe_options_exempt(csp_replace(frame)(view))


@public_page
@require_safe
@may_be_framed
def overview(request: HttpRequest) -> HttpResponse:
    """How many measures stand where."""
    plan, found = queries.outline(), queries.measures()
    shown = status.status(plan, found, clock.today())
    title, page = _("施策の状態"), settings.SITE_URL + reverse("plan:index")
    context = {"plan": plan, "status": shown, "title": title, "page": page, "chart": "plan/_status_chart.html"}
    return render(request, "plan/chart.html", context)


@public_page
@require_safe
@may_be_framed
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """The bars of one measure."""
    try:
        found = record("plan.measure", key)
    except UnknownRecord as error:
        raise Http404 from error
    title = _("施策%(number)s %(name)s") % {"number": found.number, "name": found.name}
    page = settings.SITE_URL + reverse("plan:measure", args=[key])
    context = {"title": title, "page": page, "chart": "plan/_measure_chart.html"}
    return render(request, "plan/chart.html", screens.measure_screen(found, clock.today()) | context)
