"""Where a person is signed in: noted, shown, ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from madoguchi.kernel.accounts.models import Attempts, Invitation, Person, SignIn
from madoguchi.kernel.audit.public import record

TRIES_KEPT = timedelta(days=1)


def note_begin(person: Person, *, session_key: str, way: str, device: str, shared: bool, now: datetime) -> None:
    SignIn.objects.create(
        person=person, session_key=session_key, way=way, device=device, shared=shared, began_at=now, seen_at=now
    )


def note_seen(session_key: str, *, now: datetime) -> None:
    SignIn.objects.filter(session_key=session_key).update(seen_at=now)


def note_end(session_key: str, *, now: datetime) -> None:
    SignIn.objects.filter(session_key=session_key, ended_at=None).update(ended_at=now)


@transaction.atomic
def end_session(sign_in_id: int, *, person: Person, now: datetime) -> None:
    """End one of the person's own sessions, wherever it is. Raises: SignIn.DoesNotExist for another person's."""
    sign_in = SignIn.objects.select_for_update().get(pk=sign_in_id, person=person)
    _end([sign_in], now=now)
    record("accounts.session.ended", actor=person, target=person, detail={"sign_in": sign_in.pk})


@transaction.atomic
def end_other_sessions(person: Person, *, keep: str | None, actor: Person | None, now: datetime) -> int:
    """End every session of the person except the one with the key `keep`; how many."""
    open_ones = list(SignIn.objects.select_for_update().filter(person=person, ended_at=None).exclude(session_key=keep))
    _end(open_ones, now=now)
    if open_ones:
        record("accounts.session.ended", actor=actor, target=person, detail={"count": len(open_ones)})
    return len(open_ones)


@dataclass(frozen=True)
class Forgotten:
    """How many rows went."""

    tries: int
    sessions: int
    sign_ins: int
    invitations: int


@transaction.atomic
def forget_old(*, now: datetime) -> Forgotten:
    """Drop what is beyond its retention: tries after a day, dead sessions at once, the rest after a year."""
    year_ago = now - timedelta(days=366 * SignIn.RETENTION_YEARS)
    return Forgotten(
        tries=Attempts.objects.filter(since__lt=now - TRIES_KEPT).delete()[0],
        sessions=Session.objects.filter(expire_date__lt=now).delete()[0],
        sign_ins=SignIn.objects.filter(seen_at__lt=year_ago).delete()[0],
        invitations=Invitation.objects.filter(made_at__lt=year_ago).delete()[0],
    )


def _end(sign_ins: list[SignIn], *, now: datetime) -> None:
    Session.objects.filter(session_key__in=[sign_in.session_key for sign_in in sign_ins]).delete()
    SignIn.objects.filter(pk__in=[sign_in.pk for sign_in in sign_ins], ended_at=None).update(ended_at=now)
