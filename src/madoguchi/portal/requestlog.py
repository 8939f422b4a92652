"""Every request gets an identifier, one line in the log and one count, none of which says who asked or what for."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from madoguchi.lib import traces
from madoguchi.lib.logs import request_id, route_of
from madoguchi.portal import metrics

_log = logging.getLogger("madoguchi.request")
HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[0-9A-Za-z._-]{8,64}")  # what a proxy in front writes


class RequestLogMiddleware:
    """Stands first: what it measures is all the time we took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        identifier = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        token, began = request_id.set(identifier), time.perf_counter()
        try:
            with traces.span("request", "SERVER", madoguchi__request_id=identifier) as note:
                response = self.get_response(request)
                _tell(note, request, response)
            self._note(request, response, time.perf_counter() - began)
        finally:
            request_id.reset(token)
        response[HEADER] = identifier
        return response

    def _note(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        route = route_of(request)
        fields = {
            "method": metrics.known_method(request),
            "route": route,
            "status": response.status_code,
            "ms": round(1000 * seconds, 1),
        }
        _log.info("request", extra={"fields": fields})
        metrics.count(request, response, seconds)


def _tell(note: traces.Note, request: HttpRequest, response: HttpResponse) -> None:
    """A span is named by the route, which holds the places of ids and not the ids."""
    method, match = metrics.known_method(request), request.resolver_match
    note(
        f"{method} {route_of(request)}".rstrip(),
        failed=response.status_code >= 500,
        http__request__method=method,
        http__route=match.route if match else "",
        http__response__status_code=response.status_code,
    )
