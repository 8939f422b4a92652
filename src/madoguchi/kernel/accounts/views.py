"""Signing in: residents through the identity provider, staff by the city."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from madoguchi.kernel.accounts import actions, oidc
from madoguchi.kernel.accounts.access import public_page
from madoguchi.kernel.accounts.forms import StaffSignInForm
from madoguchi.kernel.accounts.sessions import identity_level, set_identity_level
from madoguchi.kernel.audit.public import record
from madoguchi.lib.errors import CitizenError

HIGHEST_LEVEL = 3
RESIDENT_BACKEND = "django.contrib.auth.backends.ModelBackend"


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: a path of this site, or the front page of the person."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return "/my/"


@public_page
@never_cache
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/sign_in.html", {"next": _next(request)})


@public_page
@never_cache
@require_safe
def step_up(request: HttpRequest) -> HttpResponse:
    """Why this procedure wants a surer identification, and the way there."""
    context = {"next": _next(request), "level": HIGHEST_LEVEL, "reached": identity_level(request)}
    return render(request, "accounts/step_up.html", context)


@public_page
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    level = HIGHEST_LEVEL if request.POST.get("level") == str(HIGHEST_LEVEL) else 1
    try:
        return oidc.start(request, level=level, next_url=_next(request))
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
    person = actions.sign_in_resident(identity)
    login(request, person, backend=RESIDENT_BACKEND)
    set_identity_level(request, identity.level)
    return redirect(identity.next_url)


def _refused(request: HttpRequest, error: CitizenError) -> HttpResponse:
    return render(request, "accounts/sign_in.html", {"next": _next(request), "refusal": error}, status=400)


class StaffSignIn(LoginView):
    """Staff number and password. The second factor belongs to the accounts issue."""

    template_name = "accounts/staff_sign_in.html"
    form_class = StaffSignInForm
    next_page = "/staff/"

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            record("accounts.staff.signed_in", actor=form.get_user(), target=form.get_user())
        return response


staff_sign_in = public_page(never_cache(StaffSignIn.as_view()))


@public_page
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("サインアウトしました。この端末に入力内容は残っていません。"))
    return redirect("/")
