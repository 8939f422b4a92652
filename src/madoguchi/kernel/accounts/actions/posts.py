"""Posts, invitations, and a sign-in made anew: what an administrator does for a colleague, never for oneself."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from madoguchi.kernel.accounts import rules
from madoguchi.kernel.accounts.actions.sessions import end_other_sessions
from madoguchi.kernel.accounts.errors import InvitationNotValid, NotAllowed, PostNotPossible
from madoguchi.kernel.accounts.limits import forget_tries, take_try
from madoguchi.kernel.accounts.models import Invitation, Person, Post
from madoguchi.kernel.accounts.permissions import require, sections_with
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.citydata.public import record as city_record
from madoguchi.kernel.vault.public import blind_index
from madoguchi.lib.codes import grouped, plain_code

MANAGE = "accounts.post.manage"
CODE_BYTES = 14  # 112 bits: a keyed digest is enough to keep it (ASVS 6.5.2)
VALID = timedelta(hours=72)


@dataclass
class _In:
    section_key: str


@transaction.atomic
def invite(username: str, *, name: str, actor: Person | None, now: datetime) -> tuple[Person, str]:
    """A new member of staff, and the one-time code to hand over; `actor` None is the server's command line.

    Raises: NotAllowed, PostNotPossible for a number that exists.
    """
    if actor:
        require(actor, MANAGE)
    person, created = Person.objects.get_or_create(
        username=username, defaults={"kind": Person.Kind.STAFF, "name": name, "password": make_password(None)}
    )
    if not created:
        raise PostNotPossible("この職員番号は登録されています。", "番号を確かめるか、その職員の画面を開いてください。")
    record("accounts.staff.invited", actor=actor, target=person)
    return person, _new_code(person, now=now)


@transaction.atomic
def reset_sign_in(person: Person, *, actor: Person, now: datetime) -> str:
    """After a lost device or a forgotten password: every factor and session goes; the one-time code to hand over.

    Raises: NotAllowed, for oneself too.
    """
    _require_over(actor, person)
    person.factors.all().delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_other_sessions(person, keep=None, actor=actor, now=now)
    record("accounts.staff.reset", actor=actor, target=person)
    return _new_code(person, now=now)


@transaction.atomic
def open_again(person: Person, *, actor: Person) -> None:
    """Take back a lock after too many tries. Raises: NotAllowed."""
    _require_over(actor, person)
    forget_tries(rules.PASSWORD, str(person.username))
    forget_tries(rules.CODE, str(person.pk))
    record("accounts.staff.unlocked", actor=actor, target=person)


def accept_invitation(username: str, typed: str, *, password: str, now: datetime) -> Person:
    """The code handed over, and the password from now on. Raises: TooManyTries, InvitationNotValid."""
    take_try(rules.CODE, f"invitation|{username}", now=now)
    with transaction.atomic():
        person = Person.objects.filter(username=username, is_active=True).first()
        index = _index(person, plain_code(typed)) if person else ""
        unused = Invitation.objects.filter(index=index, used_at=None, expires_at__gt=now)
        if person is None or unused.update(used_at=now) != 1:
            raise InvitationNotValid
        person.set_password(password)
        person.save(update_fields=["password"])
        record("accounts.staff.accepted", actor=person, target=person)
    forget_tries(rules.CODE, f"invitation|{username}")
    return person


@transaction.atomic
def grant_post(
    person: Person,
    *,
    section_key: str,
    role_key: str,
    valid_from: date,
    valid_until: date | None,
    actor: Person | None,
) -> Post:
    """A post from a day on. A role that holds everywhere is given only by those whose own holds everywhere.

    Raises: NotAllowed, PostNotPossible.
    """
    role = city_record("role", role_key)
    if role.emergency_minutes:
        raise PostNotPossible("緊急閲覧の職務は、職として付けられません。", "ほかの職務を選んでください。")
    if actor:
        require(actor, MANAGE, _In(section_key))
        if actor.pk == person.pk or (role.everywhere and sections_with(actor, MANAGE) is not None):
            raise NotAllowed
    Person.objects.select_for_update().get(pk=person.pk)
    if valid_until and valid_until < valid_from:
        raise PostNotPossible("終わりの日が、始まりの日より前です。", "日付を確かめてください。")
    others = person.posts.filter(section_key=section_key, role_key=role_key)
    if any(_overlap(post, valid_from, valid_until) for post in others):
        raise PostNotPossible("同じ課の同じ職務を、その期間に持っています。", "期間を確かめてください。")
    post: Post = person.posts.create(
        section_key=section_key, role_key=role_key, valid_from=valid_from, valid_until=valid_until
    )
    detail = {"post": post.pk, "section": section_key, "role": role_key}
    record("accounts.post.granted", actor=actor, target=person, detail=detail)
    return post


def _overlap(post: Post, valid_from: date, valid_until: date | None) -> bool:
    return (valid_until is None or post.valid_from <= valid_until) and (
        post.valid_until is None or valid_from <= post.valid_until
    )


@transaction.atomic
def end_post(post_id: int, *, last_day: date, actor: Person) -> Post:
    """The last day of a post. Raises: NotAllowed, PostNotPossible for a day before its first or already past."""
    post = Post.objects.select_for_update().select_related("person").get(pk=post_id)
    require(actor, MANAGE, post)
    if actor.pk == post.person_id:
        raise NotAllowed
    if last_day < post.valid_from or (post.valid_until and post.valid_until < last_day):
        raise PostNotPossible(
            "その日は、この職の期間にありません。", "始まりの日から、いまの終わりの日までで選んでください。"
        )
    post.valid_until = last_day
    post.save(update_fields=["valid_until"])
    detail = {"post": post.pk, "last_day": last_day.isoformat()}
    record("accounts.post.ended", actor=actor, target=post.person, detail=detail)
    return post


def _require_over(actor: Person, person: Person) -> None:
    """Another person who holds, or held, a post in a section the actor manages, or in none at all."""
    sections = sections_with(actor, MANAGE)
    require(actor, MANAGE)
    if actor.pk == person.pk or not person.is_staff_member:
        raise NotAllowed
    if sections is not None and not person.posts.filter(section_key__in=sections).exists():
        raise NotAllowed


def _new_code(person: Person, *, now: datetime) -> str:
    person.invitations.filter(used_at=None).delete()
    code = secrets.token_hex(CODE_BYTES)
    Invitation.objects.create(person=person, index=_index(person, code), made_at=now, expires_at=now + VALID)
    return grouped(code)


def _index(person: Person, code: str) -> str:
    return blind_index(f"{person.pk}|{code}", context="accounts.invitation")
