"""A surer or a fresher proof of who it is, when the act ahead wants one (step-up)."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from madoguchi.kernel.accounts import sessions

FORM_MINUTES = 30  # who opened a form with a fresh proof may take so long to fill it


def step_up(request: HttpRequest, *, level: int = 1, minutes: int = 0) -> HttpResponse | None:
    """A resident's way to a sign-in of that identity level, not older than `minutes`; None when this one will do."""
    if sessions.identity_level(request) >= level and is_fresh(request, minutes=minutes):
        return None
    return to_door("accounts:step_up", request, level=str(level))


def is_fresh(request: HttpRequest, *, minutes: int) -> bool:
    """Whether the proof is fresh enough; 0 minutes ask for none. What was typed meanwhile is not lost."""
    filling = FORM_MINUTES if request.method == "POST" else 0
    return not minutes or sessions.is_fresh(request, minutes=minutes + filling)


def to_door(door: str, request: HttpRequest, **query: str) -> HttpResponse:
    """To one of our doors, and back afterwards."""
    back = request.get_full_path() if request.method == "GET" else request.path
    return redirect(f"{reverse(door)}?{urlencode({**query, 'next': back})}")
