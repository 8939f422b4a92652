"""Hearing a page: the sound when it is there, asking for it when not, waiting in between."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from madoguchi.kernel.accounts.public import take_try
from madoguchi.kernel.speech import actions, engine
from madoguchi.kernel.speech.errors import AskedTooOften, NotReadable
from madoguchi.kernel.speech.models import Sound
from madoguchi.kernel.speech.pages import MOST_PATH, REGISTERS, Page, page
from madoguchi.lib import clock
from madoguchi.lib.access import is_public, public_page
from madoguchi.lib.errors import CitizenError
from madoguchi.lib.limits import Limit
from madoguchi.lib.ranges import whole_or_part
from madoguchi.lib.ways import own_path

# sounds that are not there yet, from one address; a library has one for all its visitors
ASKED = Limit("speech.ask", most=30, window=timedelta(hours=1))


def address_of(request: HttpRequest) -> str:
    """Where the page that is being shown can be heard; empty when it cannot.

    What is read is what everybody gets at the path, so a page that a query made another one is not offered.
    """
    path = request.path
    is_offered = (
        engine.is_installed()
        and get_language() in REGISTERS
        and request.method in {"GET", "HEAD"}
        and not request.META.get("QUERY_STRING")
        and len(path) <= MOST_PATH
        and is_public(request)
        and path != reverse("speech:listen")
    )
    return f"{reverse('speech:listen')}?{urlencode({'page': path})}" if is_offered else ""


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listen(request: HttpRequest) -> HttpResponse:
    """A post asks for the sound; robots follow links only."""
    path = own_path(request.GET.get("page", ""), "")
    try:
        wanted = _page(path)
    except NotReadable:
        return render(request, "speech/none.html", {"back": path or "/"}, status=404)
    problem = None
    if request.method == "POST":
        try:
            _ask(request, wanted)
            return redirect(request.get_full_path())
        except CitizenError as error:
            problem = error
    sound = Sound.objects.filter(digest=wanted.digest).first()
    context = {"page": wanted, "sound": sound, "problem": problem, "state": sound.state if sound else "none"}
    return render(request, "speech/listen.html", context, status=429 if problem else 200)


def _page(path: str) -> Page:
    if not engine.is_installed() or path in {"", reverse("speech:listen")}:
        raise NotReadable
    return page(path, get_language() or "")


def _ask(request: HttpRequest, wanted: Page) -> None:
    now = clock.now()
    try:
        take_try(ASKED, str(request.META.get(settings.CLIENT_ADDRESS_META, "")), now=now)
    except CitizenError as error:  # whose words are for people who try a password
        raise AskedTooOften from error
    actions.ask(wanted, now=now)


@public_page
@require_safe
def sound(request: HttpRequest, digest: str) -> HttpResponse:
    found = Sound.objects.filter(digest=digest, state=Sound.State.READY).first()
    if found is None:
        raise Http404
    try:
        content = actions.content_of(found, today=clock.today())
    except FileNotFoundError as error:
        raise Http404 from error
    return whole_or_part(request, content, digest=digest, content_type="audio/mpeg", headers={})
