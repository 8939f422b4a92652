"""The second factors of a person: passkeys, one authenticator app, ten recovery codes."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from madoguchi.kernel.accounts import passkeys, rules
from madoguchi.kernel.accounts.errors import LastFactor, WrongCode
from madoguchi.kernel.accounts.limits import forget_tries, take_try
from madoguchi.kernel.accounts.models import Factor, Person
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.vault.public import blind_index
from madoguchi.lib import totp
from madoguchi.lib.codes import grouped, plain_code

RECOVERY_CODES = 10
RECOVERY_BYTES = 14  # 112 bits, from where on a keyed digest is enough to keep it (ASVS 6.5.2)
SURE = (Factor.Kind.PASSKEY, Factor.Kind.TOTP)


def usable(person: Person) -> bool:
    """Whether the person has a second factor to sign in with."""
    return person.factors.filter(kind__in=SURE).exclude(confirmed_at=None).exists()


def offer_totp(person: Person, *, now: datetime) -> Factor:
    """The app that waits for its first code; the same one until it is confirmed, so that a reload shows no other."""
    factor, _created = person.factors.get_or_create(
        kind=Factor.Kind.TOTP, confirmed_at=None, defaults={"secret": totp.new_secret(), "created_at": now}
    )
    return factor


@transaction.atomic
def give_totp(person: Person, *, secret: str, now: datetime, actor: Person | None) -> None:
    """An app with a secret that is known already, once; for people of a demonstration and for tests."""
    if not person.factors.filter(kind=Factor.Kind.TOTP).exists():
        person.factors.create(kind=Factor.Kind.TOTP, secret=secret, created_at=now, confirmed_at=now)
        record("accounts.factor.added", actor=actor, target=person, detail={"kind": "totp"})


def confirm_totp(person: Person, typed: str, *, now: datetime) -> None:
    """The app's first right code makes it count. Raises: TooManyTries, WrongCode."""
    take_try(rules.CODE, str(person.pk), now=now)
    with transaction.atomic():
        factor = person.factors.select_for_update().filter(kind=Factor.Kind.TOTP, confirmed_at=None).first()
        step = factor and totp.matching_step(plain_code(typed), factor.secret, now, after=0)
        if not factor or not step:
            raise WrongCode
        person.factors.filter(kind=Factor.Kind.TOTP).exclude(pk=factor.pk).delete()  # a new phone replaces the old one
        factor.confirmed_at, factor.used_at, factor.last_count = now, now, step
        factor.save(update_fields=["confirmed_at", "used_at", "last_count"])
        record("accounts.factor.added", actor=person, target=person, detail={"kind": "totp"})
    forget_tries(rules.CODE, str(person.pk))


@transaction.atomic
def add_passkey(person: Person, state: Any, answer: str, *, name: str, now: datetime) -> Factor:
    """Register what the browser answered. Raises: PasskeyNotAccepted."""
    secret = passkeys.registered(state, answer)
    factor: Factor = person.factors.create(
        kind=Factor.Kind.PASSKEY,
        name=name,
        secret=secret,
        index=passkeys.index_of(secret),
        created_at=now,
        confirmed_at=now,
    )
    record("accounts.factor.added", actor=person, target=person, detail={"kind": "passkey", "factor": factor.pk})
    return factor


@transaction.atomic
def new_recovery_codes(person: Person, *, now: datetime) -> list[str]:
    """Ten codes, each good for one sign-in, shown this once; older ones stop working."""
    person.factors.filter(kind=Factor.Kind.RECOVERY).delete()
    codes = [secrets.token_hex(RECOVERY_BYTES) for _number in range(RECOVERY_CODES)]
    Factor.objects.bulk_create(
        Factor(
            person=person,
            kind=Factor.Kind.RECOVERY,
            index=recovery_index(person, code),
            created_at=now,
            confirmed_at=now,
        )
        for code in codes
    )
    record("accounts.factor.recovery_made", actor=person, target=person, detail={"count": len(codes)})
    return [grouped(code) for code in codes]


@transaction.atomic
def remove_factor(factor_id: int, *, person: Person) -> None:
    """Take back a passkey or the app. Raises: LastFactor; Factor.DoesNotExist for another person's."""
    sure = list(person.factors.select_for_update().filter(kind__in=SURE).exclude(confirmed_at=None))
    factor = person.factors.get(pk=factor_id, kind__in=SURE)
    if not [other for other in sure if other.pk != factor.pk]:
        raise LastFactor
    kind = factor.kind
    factor.delete()
    record("accounts.factor.removed", actor=person, target=person, detail={"kind": kind, "factor": factor_id})


def recovery_index(person: Person, code: str) -> str:
    return blind_index(f"{person.pk}|{code}", context="accounts.factor.recovery")
