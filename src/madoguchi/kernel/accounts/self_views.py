"""A person's own sign-in: factors, password, sessions."""

from collections.abc import Callable

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts import actions, passkeys, sessions
from madoguchi.kernel.accounts.actions.factors import SURE, usable
from madoguchi.kernel.accounts.forms import FirstCodeForm, LanguageForm, PasskeyForm, PasswordForm
from madoguchi.kernel.accounts.models import Factor, Person, SignIn
from madoguchi.kernel.accounts.sessions import person_of
from madoguchi.kernel.accounts.staff_views import signed_in
from madoguchi.kernel.citydata.public import record
from madoguchi.lib import clock, totp
from madoguchi.lib.access import public_page, resident_page, signed_in_page, staff_page
from madoguchi.lib.codes import grouped
from madoguchi.lib.errors import CitizenError
from madoguchi.ui.languages import keep_language

FRESH_MINUTES = 15
SHOWN_SESSIONS = 50
_REGISTRATION = "passkey_registration"


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """The first sign-in: no factor yet, so one is registered before anything opens."""
    half = sessions.half(request)
    if half is None or usable(half.person):
        return redirect("accounts:staff_sign_in")
    person = half.person
    return _register(request, person, "accounts/enrol.html", after=lambda way: signed_in(request, person, way=way))


@staff_page(fresh_minutes=FRESH_MINUTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_factor(request: HttpRequest) -> HttpResponse:
    """A further passkey, or a new app in place of the old one."""

    def after(_way: str) -> HttpResponse:
        messages.success(request, "登録しました。次のサインインから使えます。")
        return redirect("accounts:factors")

    return _register(request, person_of(request), "accounts/factor_add.html", after=after)


def _register(
    request: HttpRequest, person: Person, template: str, *, after: Callable[[str], HttpResponse]
) -> HttpResponse:
    form, error = FirstCodeForm(request.POST if request.method == "POST" else None), None
    try:
        if way := _registered(request, person, form):
            return after(way)
    except CitizenError as refusal:
        error = refusal
    app = actions.offer_totp(person, now=clock.now())
    known = [factor.secret for factor in person.factors.filter(kind=Factor.Kind.PASSKEY)]
    options, request.session[_REGISTRATION] = passkeys.ask_to_register(
        handle=person.uid.bytes, name=str(person.username), known=known
    )
    address = totp.address(app.secret, issuer=record("city", "city").name.ja, account=str(person.username))
    context = {
        "form": form,
        "refusal": error,
        "person": person,
        # dark on white whatever the colours of the page
        "qr": segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff"),
        "secret": grouped(app.secret, between=" "),
        "passkey": options,
    }
    return render(request, template, context, status=400 if error or form.is_bound else 200)


def _registered(request: HttpRequest, person: Person, form: FirstCodeForm) -> str:
    """The kind that was registered with this request; empty when nothing was sent. Raises: CitizenError."""
    if answer := request.POST.get("passkey"):
        name = PasskeyForm(request.POST).data.get("name", "")[:40] or sessions.device_of(request)
        actions.add_passkey(person, request.session.pop(_REGISTRATION, None), answer, name=name, now=clock.now())
        return Factor.Kind.PASSKEY
    if form.is_bound and form.is_valid():
        actions.confirm_totp(person, form.cleaned_data["code"], now=clock.now())
        return Factor.Kind.TOTP
    return ""


@staff_page()
@never_cache
@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    """What the person signs in with."""
    unused = person_of(request).factors.filter(kind=Factor.Kind.RECOVERY, used_at=None).count()
    sure = person_of(request).factors.filter(kind__in=SURE).exclude(confirmed_at=None)
    return render(request, "accounts/factors.html", {"factors": sure, "unused": unused})


@staff_page(fresh_minutes=FRESH_MINUTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes, shown this once."""
    codes = actions.new_recovery_codes(person_of(request), now=clock.now()) if request.method == "POST" else []
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@staff_page(fresh_minutes=FRESH_MINUTES)
@require_POST
def remove_factor(request: HttpRequest, factor_id: int) -> HttpResponse:
    try:
        actions.remove_factor(factor_id, person=person_of(request))
    except Factor.DoesNotExist as error:
        raise Http404 from error
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "外しました。ほかの端末のサインインも終わらせるときは「サインイン中の端末」へ。")
    return redirect("accounts:factors")


@staff_page(fresh_minutes=FRESH_MINUTES)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session of the person ends."""
    form = PasswordForm(person_of(request), request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "accounts/password.html", {"form": form}, status=400 if form.is_bound else 200)
    actions.change_password(person_of(request), form.cleaned_data["new"], actor=person_of(request), now=clock.now())
    update_session_auth_hash(request, person_of(request))
    sessions.moved(request)
    messages.success(request, "パスワードを変えました。ほかの端末のサインインは終わりました。")
    return redirect("accounts:factors")


@signed_in_page
@never_cache
@require_safe
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in now, and was."""
    found = list(person_of(request).sign_ins.all()[:SHOWN_SESSIONS])
    context = {
        "open": [sign_in for sign_in in found if sign_in.is_open(clock.now())],
        "closed": [sign_in for sign_in in found if not sign_in.is_open(clock.now())],
        "here": request.session.session_key,
        "layout": "ui/layouts/staff.html" if person_of(request).is_staff_member else "ui/layouts/public.html",
    }
    return render(request, "accounts/sessions.html", context)


@signed_in_page
@require_POST
def end_session(request: HttpRequest, sign_in_id: int) -> HttpResponse:
    try:
        actions.end_session(sign_in_id, person=person_of(request), now=clock.now())
    except SignIn.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("その端末のサインインを終わらせました。"))
    return redirect("accounts:sessions")


@signed_in_page
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    here = request.session.session_key
    actions.end_other_sessions(person_of(request), keep=here, actor=person_of(request), now=clock.now())
    messages.success(request, _("ほかの端末のサインインをすべて終わらせました。"))
    return redirect("accounts:sessions")


@resident_page()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """In which register a resident reads and is written to, on every device."""
    person = person_of(request)
    form = LanguageForm(request.POST if request.method == "POST" else None, initial={"language": person.language})
    if not (form.is_bound and form.is_valid()):
        return render(request, "accounts/language.html", {"form": form}, status=400 if form.is_bound else 200)
    chosen = form.cleaned_data["language"]
    actions.set_language(person, chosen)
    response = redirect("portal:my_page")
    keep_language(response, chosen)
    return response
