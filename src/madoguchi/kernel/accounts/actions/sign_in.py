"""Checking what a member of staff shows at the door. Every check takes a try first; see limits.py."""

from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate
from django.db import transaction

from madoguchi.kernel.accounts import passkeys, rules
from madoguchi.kernel.accounts.actions.factors import recovery_index
from madoguchi.kernel.accounts.errors import NumberUnknown, PasskeyNotAccepted, TooManyTries, WrongCode, WrongPassword
from madoguchi.kernel.accounts.limits import forget_tries, take_try
from madoguchi.kernel.accounts.models import Factor, Person
from madoguchi.kernel.audit.public import record
from madoguchi.lib import totp
from madoguchi.lib.codes import plain_code
from madoguchi.lib.limits import Limit


def check_password(username: str, password: str, *, address: str, now: datetime) -> Person:
    """The first factor. Raises: TooManyTries (the right password included), WrongPassword."""
    take_try(rules.PASSWORD_FROM_ADDRESS, address, now=now)
    _take_try_of(Person.objects.filter(username=username).first(), rules.PASSWORD, username, now=now)
    person = authenticate(username=username, password=password)
    if not isinstance(person, Person) or not person.is_staff_member:
        raise WrongPassword
    forget_tries(rules.PASSWORD, username)
    return person


def staff_of(number: str) -> Person:
    """Whom the city's own provider vouches for. Raises: NumberUnknown."""
    person = Person.objects.filter(username=number, kind=Person.Kind.STAFF, is_active=True).first()
    if person is None:
        raise NumberUnknown
    return person


def check_code(person: Person, typed: str, *, now: datetime) -> str:
    """The second factor: the app's code or an unused recovery code; which of them it was.

    Raises: TooManyTries, WrongCode.
    """
    _take_try_of(person, rules.CODE, str(person.pk), now=now)
    code = plain_code(typed)
    way = _check_totp(person, code, now) if len(code) == totp.DIGITS else _check_recovery(person, code, now)
    forget_tries(rules.CODE, str(person.pk))
    return way


@transaction.atomic
def _check_totp(person: Person, code: str, now: datetime) -> str:
    factor = person.factors.select_for_update().filter(kind=Factor.Kind.TOTP).exclude(confirmed_at=None).first()
    step = factor and totp.matching_step(code, factor.secret, now, after=factor.last_count)
    if not factor or not step:
        raise WrongCode
    factor.last_count, factor.used_at = step, now
    factor.save(update_fields=["last_count", "used_at"])
    return str(Factor.Kind.TOTP)


@transaction.atomic
def _check_recovery(person: Person, code: str, now: datetime) -> str:
    unused = person.factors.filter(kind=Factor.Kind.RECOVERY, index=recovery_index(person, code), used_at=None)
    if unused.update(used_at=now) != 1:
        raise WrongCode
    left = person.factors.filter(kind=Factor.Kind.RECOVERY, used_at=None).count()
    record("accounts.factor.recovery_used", actor=person, target=person, detail={"left": left})
    return str(Factor.Kind.RECOVERY)


def check_passkey(state: Any, answer: str, *, address: str, now: datetime, person: Person | None = None) -> Person:
    """A passkey, alone or after the password of `person`. Raises: TooManyTries, PasskeyNotAccepted.

    A signature count that did not rise means a copied key (WebAuthn level 2, 6.1.1): it is refused.
    """
    take_try(rules.PASSKEY_FROM_ADDRESS, address, now=now)
    with transaction.atomic():
        index = passkeys.index_of_answer(answer)
        factor = Factor.objects.select_for_update().filter(kind=Factor.Kind.PASSKEY, index=index).first()
        if factor is None or (person and factor.person_id != person.pk) or not factor.person.is_active:
            raise PasskeyNotAccepted
        count = passkeys.count_of(state, answer, factor.secret)
        if count and count <= factor.last_count:
            raise PasskeyNotAccepted
        factor.last_count, factor.used_at = count, now
        factor.save(update_fields=["last_count", "used_at"])
    return factor.person


def _take_try_of(person: Person | None, limit: Limit, key: str, *, now: datetime) -> None:
    """Take a try; when it closes the account, that stands in the trail."""
    try:
        take_try(limit, key, now=now)
    except TooManyTries as error:
        if person and error.just_closed:
            with transaction.atomic():
                record("accounts.staff.locked", actor=None, target=person, detail={"limit": limit.purpose})
        raise
