"""Error pages: what happened, what is safe, two ways on."""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from madoguchi.lib.access import public_page
from madoguchi.lib.errors import CitizenError
from madoguchi.lib.logs import request_id, route_of

_log = logging.getLogger("madoguchi.security")
API = "/api/"


def _page(request: HttpRequest, template: str, status: int, reason: str, **context: object) -> HttpResponse:
    """Programs get what the description of the API promises them, people get a page."""
    if request.path.startswith(API):
        return JsonResponse({"detail": reason}, status=status)
    return render(request, template, context, status=status)


@public_page
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, "400.html", 400, "Bad Request")


@public_page
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal that has words for the person says them; else the page speaks for all."""
    fields = {"method": request.method, "route": route_of(request), "person": getattr(request.user, "pk", None)}
    _log.warning("refused", extra={"fields": fields})
    refusal = exception if isinstance(exception, CitizenError) else None
    return _page(request, "403.html", 403, "Forbidden", refusal=refusal)


@public_page
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, "404.html", 404, "Not Found")


@public_page
def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    # no context processor may fail here; the number is the one in the log
    return HttpResponse(render_to_string("500.html", {"number": request_id.get() or "500"}), status=500)
