"""What a session knows beyond who: how surely and when the person proved it, on what device, how long it lasts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import login, logout
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from madoguchi.kernel.accounts import rules
from madoguchi.kernel.accounts.actions.sessions import note_begin, note_end, note_seen
from madoguchi.kernel.accounts.models import Person
from madoguchi.lib import clock

_LEVEL = "identity_level"
_WAY = "way"
_BEGAN = "began_at"
_SEEN = "seen_at"
_PROVED = "proved_at"
_SHARED = "shared"
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_HALF = "half_signed_in"
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Half:
    """A member of staff who gave the password and not yet the second factor: not signed in."""

    person: Person
    shared: bool
    next_url: str


def begin_half(request: HttpRequest, person: Person, *, shared: bool, next_url: str) -> None:
    request.session.flush()
    request.session[_HALF] = [person.pk, shared, next_url, clock.now().isoformat()]


def half(request: HttpRequest) -> Half | None:
    """Who stands between the two factors in this browser, for ten minutes after the password."""
    person_id, shared, next_url, at = request.session.get(_HALF, [None, False, "", ""])
    if person_id is None or clock.now() - datetime.fromisoformat(at) > rules.HALF_SIGNED_IN:
        return None
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    return Half(person, shared, next_url) if person else None


def mark(
    session: SessionBase, *, way: str, level: int, proved_at: datetime, now: datetime, shared: bool = False
) -> None:
    """Write down how the person signed in."""
    session[_WAY], session[_LEVEL], session[_SHARED] = way, level, shared
    session[_BEGAN] = session[_SEEN] = now.isoformat()
    session[_PROVED] = proved_at.isoformat()


def begin(request: HttpRequest, person: Person, *, way: str, level: int, proved_at: datetime, shared: bool) -> None:
    """Sign the person in under a new session; nothing an earlier visitor of this browser left is kept."""
    request.session.flush()
    login(request, person, backend=_BACKEND)
    mark(request.session, way=way, level=level, proved_at=proved_at, now=clock.now(), shared=shared)
    if shared:
        request.session.set_expiry(0)  # the cookie goes with the browser window
    request.session.save()
    key = str(request.session.session_key)
    note_begin(person, session_key=key, way=way, device=device_of(request), shared=shared, now=clock.now())


def moved(request: HttpRequest) -> None:
    """The session got a new key, as after a change of password: it stays the same sign-in."""
    request.session.save()
    key = str(request.session.session_key)
    way = request.session[_WAY]
    person, device = person_of(request), device_of(request)
    note_begin(person, session_key=key, way=way, device=device, shared=is_shared(request), now=clock.now())


def device_of(request: HttpRequest) -> str:
    """Browser and system, to recognise the own device by."""
    return rules.device_name(request.headers.get("User-Agent", ""))


def person_of(request: HttpRequest) -> Person:
    """Who is signed in, behind an access rule that asks for someone. Raises: PermissionDenied."""
    person = request.user
    if not isinstance(person, Person):
        raise PermissionDenied
    return person


def prove_again(request: HttpRequest) -> None:
    """The person has just shown the second factor once more."""
    request.session[_PROVED] = clock.now().isoformat()


def end(request: HttpRequest) -> None:
    """Sign out; the session is gone from the server, not only from the browser."""
    if request.session.session_key:
        note_end(request.session.session_key, now=clock.now())
    logout(request)


def is_over(request: HttpRequest) -> bool:
    """Whether the session has lived its time; else remember, at most once a minute, that it is in use."""
    now, session = clock.now(), request.session
    began_at, seen_at = _moment(session, _BEGAN), _moment(session, _SEEN)
    if began_at is None or seen_at is None:
        return True
    life = rules.life(is_staff=person_of(request).is_staff_member, shared=session.get(_SHARED, False))
    if life.is_over(began_at=began_at, seen_at=seen_at, now=now):
        return True
    if now - seen_at > _SEEN_EVERY:
        session[_SEEN] = now.isoformat()
        note_seen(str(session.session_key), now=now)
    return False


def identity_level(request: HttpRequest) -> int:
    """The identity level (0–3) reached by the sign-in of this session."""
    return int(request.session.get(_LEVEL, 0))


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, here or at the city's provider."""
    return bool(request.session.get(_WAY))


def is_fresh(request: HttpRequest, *, minutes: int) -> bool:
    """Whether the person proved who it is within the last `minutes`."""
    proved_at = _moment(request.session, _PROVED)
    return proved_at is not None and clock.now() - proved_at <= timedelta(minutes=minutes)


def is_shared(request: HttpRequest) -> bool:
    return bool(request.session.get(_SHARED, False))


def _moment(session: Any, name: str) -> datetime | None:
    return datetime.fromisoformat(session[name]) if session.get(name) else None
