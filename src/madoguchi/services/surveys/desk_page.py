"""The access rule of the survey desk: a permission in the section of the survey, or the page does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.services.surveys import queries
from madoguchi.services.surveys.models import Survey

MANAGE, KEY, VIEW, EXPORT = queries.PERMISSIONS


def survey_page(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page about one survey: 404 for staff without the permission in its section."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, key: str, **more: Any) -> HttpResponse:
            return view(request, queries.staff_survey(request.user, key, permission), **more)

        return staff_page(permission)(never_cache(guarded))

    return decorate


def act(request: HttpRequest, survey: Survey, done: str, deed: Callable[[], object], back: str) -> HttpResponse:
    """Do it, say so or say why not, and go back to the page named."""
    try:
        deed()
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(back, survey.key)


def download(content: str | bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    if isinstance(content, str):
        content = f"\ufeff{content}" if content_type.startswith("text/csv") else content
        content_type = f"{content_type}; charset=utf-8"
    return HttpResponse(content, content_type=content_type, headers=headers)
