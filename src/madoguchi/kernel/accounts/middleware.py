"""The gate before every view: no rule, no entry; no session beyond its life; nothing signed in left in a cache."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from madoguchi.kernel.accounts import sessions
from madoguchi.kernel.accounts.permissions import may
from madoguchi.kernel.accounts.step_up import is_fresh, step_up, to_door
from madoguchi.lib.access import Access, Level

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class AccessMiddleware:
    """Checks the access rule of the view that is about to run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> HttpResponse | None:
        if request.method not in METHODS:  # TRACE would tell a script what only the browser should know
            return HttpResponseNotAllowed(METHODS)
        access: Access | None = getattr(view, "access", None)
        if access is None:
            raise PermissionDenied(f"{getattr(view, '__qualname__', view)} has no access rule")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._end_when_over(request)
        request.may = partial(may, request.user)  # type: ignore[attr-defined, arg-type]  # for rooms below
        if access.level is Level.PUBLIC:
            return None
        if not request.user.is_authenticated:
            door = "accounts:staff_sign_in" if access.level is Level.STAFF else "accounts:sign_in"
            return to_door(door, request)
        if access.level is Level.RESIDENT:
            return self._check_resident(request, access)
        if sessions.person_of(request).is_staff_member and not sessions.has_second_factor(request):
            raise PermissionDenied("staff without a second factor")
        if access.level is Level.STAFF:
            return self._check_staff(request, access)
        return None

    def _end_when_over(self, request: HttpRequest) -> None:
        if sessions.is_over(request):
            sessions.end(request)
            messages.info(request, _("しばらく操作がなかったか、時間が過ぎたため、サインアウトしました。"))

    def _check_resident(self, request: HttpRequest, access: Access) -> HttpResponse | None:
        if not getattr(request.user, "is_resident", False):
            raise PermissionDenied
        return step_up(request, level=access.identity, minutes=access.fresh_minutes)

    def _check_staff(self, request: HttpRequest, access: Access) -> HttpResponse | None:
        person = sessions.person_of(request)
        if not person.is_staff_member or (access.permission and not may(person, access.permission)):
            raise PermissionDenied
        if is_fresh(request, minutes=access.fresh_minutes):
            return None
        return to_door("accounts:prove", request)
