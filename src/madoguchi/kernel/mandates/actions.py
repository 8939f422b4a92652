"""Giving, taking, asking for, deciding and ending mandates: lock → permit → decide → save → audit → notify."""

import secrets
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404

from madoguchi.kernel.accounts.public import Person, represented, require, take_try
from madoguchi.kernel.audit.public import look, record
from madoguchi.kernel.files.public import clean, store
from madoguchi.kernel.mandates import queries, rules
from madoguchi.kernel.mandates.errors import CodeNotValid, NotDecidable, OwnCode
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.kernel.notify.public import send
from madoguchi.kernel.vault.public import blind_index
from madoguchi.lib import clock, wareki
from madoguchi.lib.codes import grouped, plain_code

DECIDE = "mandates.claim.decide"
CODE_BYTES = 10  # 80 bits, ten days, five tries in a quarter of an hour
State = Mandate.State


@transaction.atomic
def offer(principal: Person, *, scope: list[str], valid_until: date, now: datetime) -> tuple[Mandate, str]:
    """委任: an offer, and the one-time code to hand to the agent."""
    code = secrets.token_hex(CODE_BYTES)
    mandate = Mandate.objects.create(
        principal=principal,
        scope=scope,
        valid_until=valid_until,
        state=State.OFFERED,
        code_index=_index(code),
        code_until=now + rules.CODE_VALID,
        made_at=now,
    )
    record("mandates.mandate.offered", actor=principal, target=mandate)
    return mandate, grouped(code)


def offered(typed: str, *, agent: Person, now: datetime) -> Mandate:
    """The offer that waits for this code. Raises: TooManyTries, CodeNotValid, OwnCode."""
    take_try(rules.CODES, str(agent.pk), now=now)
    waiting = Mandate.objects.filter(state=State.OFFERED, code_until__gt=now).select_related("principal")
    mandate = waiting.filter(code_index=_index(plain_code(typed))).first()
    if mandate is None:
        raise CodeNotValid
    if mandate.principal_id == agent.pk:
        raise OwnCode
    return mandate


@transaction.atomic
def accept(mandate: Mandate, *, agent: Person, now: datetime) -> Mandate:
    """The agent takes what was offered; the code is used up. Raises: CodeNotValid when it was taken meanwhile."""
    taken = Mandate.objects.filter(pk=mandate.pk, state=State.OFFERED, code_until__gt=now).update(
        agent=agent, state=State.GRANTED, granted_at=now, code_index=None, code_until=None
    )
    if not taken:
        raise CodeNotValid
    mandate.refresh_from_db()
    record("mandates.mandate.accepted", actor=agent, target=mandate)
    _tell(mandate.principal, "accepted", mandate)
    return mandate


def claim(
    agent: Person, *, basis: str, claimed: dict[str, str], scope: list[str], upload: UploadedFile, now: datetime
) -> Mandate:
    """Ask the city to confirm a mandate by its evidence: register, certificate or 委任状. Raises: FileRefused."""
    accepted = clean(upload)  # seconds for a large picture: before the transaction
    with transaction.atomic():
        mandate = Mandate.objects.create(
            agent=agent,
            basis=basis,
            scope=scope,
            state=State.ASKED,
            claimed=claimed,  # type: ignore[misc]
            evidence=store(accepted, owner=agent, retention_years=Mandate.RETENTION_YEARS),
            made_at=now,
        )
        record("mandates.mandate.claimed", actor=agent, target=mandate, detail={"basis": basis})
    return mandate


@transaction.atomic
def note_look(mandate: Mandate, *, actor: Person) -> None:
    """Every look at a claim by staff leaves a line."""
    post = require(actor, DECIDE)
    look("mandates.mandate.viewed", actor=actor, target=mandate, purpose="mandates.review", detail={"post": post.pk})


@transaction.atomic
def grant(claim_uid: UUID, *, actor: Person, valid_until: date, now: datetime) -> Mandate:
    """The evidence holds: the principal becomes known here, the mandate is in force.

    Raises: NotAllowed, NotDecidable.
    """
    post = require(actor, DECIDE)
    mandate = _asked(claim_uid)
    if mandate.evidence is None or not mandate.evidence.opens:
        raise NotDecidable("書類がまだ開けません。", "検査が済んでから、書類を見て決めてください。")
    facts: dict[str, str] = mandate.claimed
    birthdate, today = date.fromisoformat(facts["birthdate"]), clock.day_of(now)
    bounds = queries.bounds(today)
    if bounds is None:
        raise NotDecidable(
            "市のデータに、成年の年齢か代理の最長の年数がありません。",
            "「料金・期間などの値」に加えるよう、担当に頼んでください。",
        )
    latest = rules.latest_end(mandate.basis, birthdate, bounds, today=today)
    if not today <= valid_until <= latest:
        raise NotDecidable(
            "終わりの日が、今日より前か、長すぎます。", f"今日から{wareki.long(latest)}までの日を入力してください。"
        )
    mandate.principal = represented(name=facts["name"], address=facts["address"], birthdate=birthdate)
    mandate.state, mandate.decided_by = State.GRANTED, actor
    mandate.granted_at, mandate.valid_until = now, valid_until
    mandate.save()
    record("mandates.mandate.granted", actor=actor, target=mandate, detail={"post": post.pk})
    _tell(mandate.agent, "granted", mandate)
    return mandate


@transaction.atomic
def refuse(claim_uid: UUID, *, actor: Person, reason: str, now: datetime) -> Mandate:
    """The evidence does not hold; the reason goes to the agent. Raises: NotAllowed, NotDecidable."""
    post = require(actor, DECIDE)
    mandate = _asked(claim_uid)
    if not reason.strip():
        raise NotDecidable("理由が書かれていません。", "相手に伝わる理由を書いてください。")
    mandate.state, mandate.decided_by = State.REFUSED, actor
    mandate.reason, mandate.ended_at = reason.strip(), now
    mandate.save()
    record("mandates.mandate.refused", actor=actor, target=mandate, detail={"post": post.pk})
    _tell(mandate.agent, "refused", mandate)
    return mandate


@transaction.atomic
def revoke(claim_uid: UUID, *, actor: Person, reason: str, now: datetime) -> Mandate:
    """What staff granted holds no more: a court ended it, or the paper was not what it seemed. Both sides are told.

    Raises: NotAllowed, NotDecidable.
    """
    post = require(actor, DECIDE)
    mandate = _claimed(claim_uid)
    if not mandate.is_in_force(clock.day_of(now)):
        raise NotDecidable("この代理は、いまは続いていません。", "画面を開きなおしてください。")
    mandate.state, mandate.ended_at, mandate.reason = State.ENDED, now, reason
    mandate.save()
    record("mandates.mandate.revoked", actor=actor, target=mandate, detail={"post": post.pk})
    for person in (mandate.principal, mandate.agent):
        _tell(person, "revoked", mandate)
    return mandate


@transaction.atomic
def end(mandate_uid: UUID, *, person: Person, now: datetime) -> Mandate:
    """Principal or agent ends it, at once; an offer or claim is taken back. Ending twice is ending once."""
    own = queries.own_mandate(person, mandate_uid)
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("principal", "agent").get(pk=own.pk)
    if mandate.state in (State.ENDED, State.REFUSED):
        return mandate
    mandate.state, mandate.ended_at = State.ENDED, now
    mandate.code_index = mandate.code_until = None
    mandate.save()
    record("mandates.mandate.ended", actor=person, target=mandate)
    for other in (mandate.principal, mandate.agent):
        if other and other.pk != person.pk:
            _tell(other, "ended", mandate)
    return mandate


def _claimed(claim_uid: UUID) -> Mandate:
    found = Mandate.objects.select_for_update(of=("self",)).select_related("principal", "agent", "evidence")
    mandate = found.filter(uid=claim_uid).exclude(evidence=None).first()
    if mandate is None:
        raise Http404
    return mandate


def _asked(claim_uid: UUID) -> Mandate:
    mandate = _claimed(claim_uid)
    if mandate.state != State.ASKED:
        raise NotDecidable("この届出は、もう決まっているか、取り下げられています。", "画面を開きなおしてください。")
    return mandate


def _tell(person: Any, name: str, mandate: Mandate) -> None:
    dedup = f"mandates.{name}:{mandate.uid}:{person.pk}"
    send(f"mandates.{name}", to=person, context={"uid": str(mandate.uid)}, dedup=dedup)


def _index(code: str) -> str:
    return blind_index(code, context="mandates.code")
