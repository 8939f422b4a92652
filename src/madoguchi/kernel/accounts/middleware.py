"""The gate before every view: no rule, no entry."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from madoguchi.kernel.accounts.access import Access, Level
from madoguchi.kernel.accounts.permissions import may
from madoguchi.kernel.accounts.sessions import identity_level


class AccessMiddleware:
    """Checks the access rule of the view that is about to run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> HttpResponse | None:
        access: Access | None = getattr(view, "access", None)
        if access is None:
            raise PermissionDenied(f"{getattr(view, '__qualname__', view)} has no access rule")
        if access.level is Level.PUBLIC:
            return None
        if not request.user.is_authenticated:
            door = "accounts:staff_sign_in" if access.level is Level.STAFF else "accounts:sign_in"
            return _to(door, request)
        if access.level is Level.RESIDENT:
            return self._check_resident(request, access)
        if access.level is Level.STAFF and not may(request.user, access.permission):
            raise PermissionDenied
        return None

    def _check_resident(self, request: HttpRequest, access: Access) -> HttpResponse | None:
        if not getattr(request.user, "is_resident", False):
            raise PermissionDenied
        if identity_level(request) < access.identity:
            return _to("accounts:step_up", request, level=str(access.identity))
        return None


def _to(door: str, request: HttpRequest, **query: str) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else request.path
    return redirect(f"{reverse(door)}?{urlencode({**query, 'next': back})}")
