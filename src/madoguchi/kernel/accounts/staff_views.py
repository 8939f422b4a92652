"""The staff door: the password, then a second factor; or a passkey alone, which is both."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts import actions, oidc, passkeys, rules, sessions
from madoguchi.kernel.accounts.actions.factors import usable
from madoguchi.kernel.accounts.errors import TooManyTries
from madoguchi.kernel.accounts.forms import CodeForm, PasskeyForm, StaffSignInForm
from madoguchi.kernel.accounts.limits import take_try
from madoguchi.kernel.accounts.models import Factor, Person
from madoguchi.kernel.accounts.sessions import person_of
from madoguchi.kernel.accounts.views import client_address, next_url, note_refusal
from madoguchi.lib import clock
from madoguchi.lib.access import public_page, staff_page
from madoguchi.lib.errors import CitizenError

DESK = "/staff/"
HIGHEST_LEVEL = 3
_CHALLENGE = "passkey_challenge"
_SHARED_WANTED = "directory_shared"


@public_page
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first factor. The right one leads to the second, or to registering one; nothing is open yet."""
    form = StaffSignInForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            person = actions.check_password(
                typed["username"], typed["password"], address=client_address(request), now=clock.now()
            )
        except CitizenError as error:
            return _door(request, form, error)
        sessions.begin_half(request, person, shared=typed["shared"], next_url=next_url(request, DESK))
        return redirect("accounts:second_factor" if usable(person) else "accounts:enrol")
    return _door(request, form)


def _door(request: HttpRequest, form: StaffSignInForm, error: CitizenError | None = None) -> HttpResponse:
    context = {
        "form": form,
        "next": next_url(request, DESK),
        "passkey": challenge(request, None),
        "directory": settings.OIDC_STAFF["issuer"],
    }
    return _page(request, "accounts/staff_sign_in.html", context, error)


@public_page
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """After the password: the app's code, a recovery code, or a passkey."""
    half = sessions.half(request)
    if half is None:
        return redirect("accounts:staff_sign_in")
    form, error = CodeForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        try:
            way = actions.check_code(half.person, form.cleaned_data["code"], now=clock.now())
        except CitizenError as refusal:
            error = refusal
        else:
            return signed_in(request, half.person, way=way)
    return _second_page(request, "accounts/staff_second.html", half.person, form, error)


@public_page
@never_cache
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """What a passkey answered: alone at the door, or after the password."""
    half, form = sessions.half(request), PasskeyForm(request.POST)
    try:
        person = actions.check_passkey(
            request.session.pop(_CHALLENGE, None),
            form.data.get("passkey", ""),
            address=client_address(request),
            now=clock.now(),
            person=half.person if half else None,
        )
    except CitizenError as error:
        return _door(request, StaffSignInForm(), error)
    return signed_in(request, person, way=Factor.Kind.PASSKEY)


@staff_page()
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """The second factor once more, before an act that asks for a fresh one."""
    form, error = CodeForm(request.POST if request.method == "POST" else None), None
    answer = request.POST.get("passkey", "")
    if answer or (form.is_bound and form.is_valid()):
        try:
            _check_again(request, answer, form)
        except CitizenError as refusal:
            error = refusal
        else:
            sessions.prove_again(request)
            return redirect(next_url(request, DESK))
    return _second_page(request, "accounts/staff_prove.html", person_of(request), form, error)


def _check_again(request: HttpRequest, answer: str, form: CodeForm) -> None:
    if not answer:
        actions.check_code(person_of(request), form.cleaned_data["code"], now=clock.now())
        return
    state = request.session.pop(_CHALLENGE, None)
    actions.check_passkey(state, answer, address=client_address(request), now=clock.now(), person=person_of(request))


@public_page
@never_cache
@require_POST
def directory_start(request: HttpRequest) -> HttpResponse:
    """To the city's own identity provider; someone who is signed in already goes there to prove it anew."""
    if not settings.OIDC_STAFF["issuer"]:
        raise Http404
    try:
        take_try(rules.PROVIDER_FROM_ADDRESS, client_address(request), now=clock.now())
        anew = request.user.is_authenticated
        shared = "shared" in request.POST or sessions.is_shared(request)
        response = oidc.start_staff(request, anew=anew, next_url=next_url(request, DESK))
    except CitizenError as error:
        return _door(request, StaffSignInForm(), error)
    request.session[_SHARED_WANTED] = shared
    return response


@public_page
@never_cache
@require_safe
def directory_finish(request: HttpRequest) -> HttpResponse:
    """Back from the city's provider. What it vouches for by password alone still needs a second factor here."""
    if not settings.OIDC_STAFF["issuer"]:
        raise Http404
    shared = bool(request.session.pop(_SHARED_WANTED, False))
    try:
        identity = oidc.finish_staff(request)
        person = actions.staff_of(identity.number)
    except CitizenError as error:
        return _door(request, StaffSignInForm(), error)
    if not identity.is_strong:
        sessions.begin_half(request, person, shared=shared, next_url=identity.next_url)
        return redirect("accounts:second_factor" if usable(person) else "accounts:enrol")
    actions.note_staff_sign_in(person, way="directory")
    way, proved_at = "directory", identity.auth_time
    sessions.begin(request, person, way=way, level=HIGHEST_LEVEL, proved_at=proved_at, shared=shared)
    return redirect(identity.next_url)


def signed_in(request: HttpRequest, person: Person, *, way: str) -> HttpResponse:
    """Open the session and go where the person wanted to go."""
    half = sessions.half(request)
    shared = half.shared if half else "shared" in request.POST
    wanted = half.next_url if half else next_url(request, DESK)
    actions.note_staff_sign_in(person, way=way)
    sessions.begin(request, person, way=way, level=HIGHEST_LEVEL, proved_at=clock.now(), shared=shared)
    return redirect(wanted)


def challenge(request: HttpRequest, person: Person | None) -> dict[str, Any] | None:
    """What the browser asks a passkey; None when the person has none. Remembered until the answer."""
    known = list(person.factors.filter(kind=Factor.Kind.PASSKEY)) if person else []
    if person and not known:
        return None
    options, request.session[_CHALLENGE] = passkeys.ask([factor.secret for factor in known])
    return options


def _second_page(
    request: HttpRequest, template: str, person: Person, form: CodeForm, error: CitizenError | None
) -> HttpResponse:
    context = {
        "form": form,
        "next": next_url(request, DESK),
        "passkey": challenge(request, person),
        "authenticator": settings.REHEARSAL_AUTHENTICATOR,
        "directory": settings.OIDC_STAFF["issuer"],
    }
    return _page(request, template, context, error)


def _page(request: HttpRequest, template: str, context: dict[str, Any], error: CitizenError | None) -> HttpResponse:
    form = context["form"]
    status = 200 if not form.is_bound and error is None else 400
    if error is not None:
        note_refusal(request, error)
    if isinstance(error, TooManyTries):
        status = 429
    return render(request, template, {**context, "refusal": error}, status=status)
