"""People and posts: what an administrator does for colleagues."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts import actions, sessions
from madoguchi.kernel.accounts.admin_forms import AcceptForm, EndPostForm, InviteForm, PostForm
from madoguchi.kernel.accounts.models import Person, Post
from madoguchi.kernel.accounts.permissions import grants, permission_names
from madoguchi.kernel.accounts.sessions import person_of
from madoguchi.kernel.audit.public import history, verb_name
from madoguchi.kernel.citydata.public import records
from madoguchi.lib import clock
from madoguchi.lib.access import public_page, staff_page
from madoguchi.lib.errors import CitizenError

MANAGE = "accounts.post.manage"
FRESH_MINUTES = 30
PAGE_SIZE = 50


@staff_page()
@never_cache
@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Why can I see this? Each permission with the post, role, section and day it comes from."""
    names, sections, roles = permission_names(), _names("section"), _names("role")
    wanted = request.GET.get("permission", "")
    rows = [
        [
            names.get(grant.permission, grant.permission),
            sections.get(grant.section_key, grant.section_key) if grant.section_key else "すべての課",
            f"{sections.get(grant.post.section_key, grant.post.section_key)} {roles.get(grant.post.role_key, '')}",
            grant.post.valid_from,
            grant.post.valid_until,
            grant.until,
        ]
        for grant in sorted(grants(person_of(request), on=clock.today()), key=lambda one: (one.permission, one.post.pk))
        if wanted in {"", grant.permission}
    ]
    return render(request, "accounts/rights.html", {"rows": rows, "wanted": names.get(wanted, wanted)})


@staff_page(MANAGE)
@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Staff by number; names are sealed, so the number is what is searched."""
    number = request.GET.get("q", "").strip()[:40]
    found = Person.objects.filter(kind=Person.Kind.STAFF, username__startswith=number).order_by("username")
    page = Paginator(found.prefetch_related("posts"), PAGE_SIZE).get_page(request.GET.get("page"))
    sections, today = _names("section"), clock.today()
    rows = [(person, _post_words(person, sections, today)) for person in page.object_list]
    return render(request, "accounts/people.html", {"rows": rows, "page": page, "number": number})


def _post_words(person: Person, sections: dict[str, str], today: date) -> str:
    held = [post for post in person.posts.all() if post.is_held(today)]
    return "、".join(sections.get(post.section_key, post.section_key) for post in held)


@staff_page(MANAGE, fresh_minutes=FRESH_MINUTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """A new member of staff; the one-time code is shown this once."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            person, code = actions.invite(**form.cleaned_data, actor=person_of(request), now=clock.now())
        except CitizenError as error:
            form.add_error(None, str(error))
        else:
            return render(request, "accounts/code_once.html", {"person": person, "code": code})
    return render(request, "accounts/invite.html", {"form": form}, status=400 if form.is_bound else 200)


@staff_page(MANAGE)
@never_cache
@require_safe
def person(request: HttpRequest, person_uid: UUID) -> HttpResponse:
    """One member of staff: posts, and what happened with the sign-in."""
    return _person_page(request, _staff(person_uid), PostForm())


def _person_page(request: HttpRequest, person: Person, form: PostForm) -> HttpResponse:
    sections, roles, today = _names("section"), _names("role"), clock.today()
    context = {
        "person": person,
        "posts": [
            (post, sections.get(post.section_key, post.section_key), roles.get(post.role_key, ""), post.is_over(today))
            for post in person.posts.order_by("-valid_from", "-pk")
        ],
        "form": form,
        "history": [(line.at, verb_name(line.verb)) for line in history(person).reverse()[:30]],
        "is_self": person == request.user,
    }
    return render(request, "accounts/person.html", context, status=400 if form.is_bound else 200)


@staff_page(MANAGE, fresh_minutes=FRESH_MINUTES)
@require_POST
def grant_post(request: HttpRequest, person_uid: UUID) -> HttpResponse:
    person, form = _staff(person_uid), PostForm(request.POST)
    if not form.is_valid():
        return _person_page(request, person, form)
    return _acted(
        request,
        person,
        "職を付けました。",
        lambda: actions.grant_post(person, **form.cleaned_data, actor=person_of(request)),
    )


@staff_page(MANAGE, fresh_minutes=FRESH_MINUTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_post(request: HttpRequest, post_id: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("person"), pk=post_id)
    form = EndPostForm(request.POST if request.method == "POST" else None, initial={"last_day": clock.today()})
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "post": post, "section": _names("section").get(post.section_key, post.section_key)}
        return render(request, "accounts/post_end.html", context, status=400 if form.is_bound else 200)
    return _acted(
        request,
        post.person,
        "職の終わりの日を決めました。",
        lambda: actions.end_post(post.pk, last_day=form.cleaned_data["last_day"], actor=person_of(request)),
    )


@staff_page(MANAGE, fresh_minutes=FRESH_MINUTES)
@never_cache
@require_POST
def reset_sign_in(request: HttpRequest, person_uid: UUID) -> HttpResponse:
    """After a lost device: everything the person signed in with goes; a new code is shown this once."""
    person = _staff(person_uid)
    try:
        code = actions.reset_sign_in(person, actor=person_of(request), now=clock.now())
    except CitizenError as error:
        messages.error(request, str(error))
        return redirect("accounts:person", person.uid)
    return render(request, "accounts/code_once.html", {"person": person, "code": code})


@staff_page(MANAGE, fresh_minutes=FRESH_MINUTES)
@require_POST
def open_again(request: HttpRequest, person_uid: UUID) -> HttpResponse:
    person = _staff(person_uid)
    return _acted(
        request, person, "サインインを開けました。", lambda: actions.open_again(person, actor=person_of(request))
    )


@public_page
@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """The invited person sets a password; registering a second factor follows."""
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            person = actions.accept_invitation(
                typed["username"], typed["code"], password=typed["password"], now=clock.now()
            )
        except CitizenError as error:
            form.add_error(None, str(error))
        else:
            sessions.begin_half(request, person, shared=False, next_url="/staff/")
            return redirect("accounts:enrol")
    return render(request, "accounts/accept.html", {"form": form}, status=400 if form.is_bound else 200)


def _staff(person_uid: UUID) -> Person:
    try:
        return Person.objects.get(uid=person_uid, kind=Person.Kind.STAFF)
    except Person.DoesNotExist as error:
        raise Http404 from error


def _names(kind: str) -> dict[str, str]:
    return {found.key: str(found.name.ja) for found in records(kind)}


def _acted(request: HttpRequest, person: Person, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("accounts:person", person.uid)
