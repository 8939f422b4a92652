"""The residents' door: signing in through the identity provider, and out again."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from madoguchi.kernel.accounts import actions, oidc, rules, sessions
from madoguchi.kernel.accounts.errors import TooManyTries
from madoguchi.kernel.accounts.limits import take_try
from madoguchi.lib import clock
from madoguchi.lib.access import public_page
from madoguchi.lib.errors import CitizenError
from madoguchi.lib.logs import route_of
from madoguchi.lib.ways import own_path
from madoguchi.ui.languages import keep_language

_log = logging.getLogger("madoguchi.security")
HIGHEST_LEVEL = 3
_SHARED_WANTED = "sign_in_shared"


def next_url(request: HttpRequest, default: str = "/my/") -> str:
    """Where to go afterwards: a path of this site, or `default`."""
    return own_path(request.POST.get("next") or request.GET.get("next") or "", default)


def client_address(request: HttpRequest) -> str:
    """The address limits count by; behind a proxy the setting names the header the proxy writes."""
    return str(request.META.get(settings.CLIENT_ADDRESS_META, ""))


@public_page
@never_cache
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/sign_in.html", {"next": next_url(request)})


@public_page
@never_cache
@require_safe
def step_up(request: HttpRequest) -> HttpResponse:
    """Why this procedure wants a surer identification, and the way there."""
    context = {"next": next_url(request), "level": HIGHEST_LEVEL, "reached": sessions.identity_level(request)}
    return render(request, "accounts/step_up.html", context)


@public_page
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    level = HIGHEST_LEVEL if request.POST.get("level") == str(HIGHEST_LEVEL) else 1
    try:
        take_try(rules.PROVIDER_FROM_ADDRESS, client_address(request), now=clock.now())
        request.session[_SHARED_WANTED] = "shared" in request.POST or sessions.is_shared(request)
        return oidc.start(request, level=level, next_url=next_url(request))
    except CitizenError as error:
        return _refused(request, error)


@public_page
@never_cache
@require_safe
def finish(request: HttpRequest) -> HttpResponse:
    try:
        identity = oidc.finish(request)
    except CitizenError as error:
        return _refused(request, error)
    person = actions.sign_in_resident(identity, language=get_language() or "ja")
    sessions.begin(
        request,
        person,
        way="provider",
        level=identity.level,
        proved_at=identity.auth_time,
        shared=bool(request.session.get(_SHARED_WANTED)),
    )
    response = redirect(identity.next_url)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:  # a new device, or a shared one that forgot
        keep_language(response, person.language)
    return response


def note_refusal(request: HttpRequest, error: CitizenError) -> None:
    """A line for every sign-in that did not succeed: at which door and why, never what was typed."""
    _log.warning("sign-in refused", extra={"fields": {"route": route_of(request), "code": error.code}})


def _refused(request: HttpRequest, error: CitizenError) -> HttpResponse:
    note_refusal(request, error)
    status = 429 if isinstance(error, TooManyTries) else 400
    return render(request, "accounts/sign_in.html", {"next": next_url(request), "refusal": error}, status=status)


@public_page
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and have the browser forget this site: pages, stored forms, cookies."""
    sessions.end(request)
    response = render(request, "accounts/signed_out.html")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
