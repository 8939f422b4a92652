"""Taking, ending and reviewing: lock → permit → decide → save → audit → notify."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from madoguchi.kernel.accounts.public import Person, require, staff_with
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.emergencies.errors import NotNow
from madoguchi.kernel.emergencies.models import EmergencyAccess
from madoguchi.kernel.emergencies.queries import OPEN, REVIEW, roles
from madoguchi.kernel.notify.public import send
from madoguchi.lib import clock


@transaction.atomic
def take(actor: Person, *, section_key: str, role_key: str, reason: str, now: datetime) -> EmergencyAccess:
    """緊急閲覧 begins; whoever reviews is told at once, at night as well. Raises: NotAllowed, NotNow, KeyError."""
    post = require(actor, OPEN)
    role = roles()[role_key]
    _note_lapsed(actor, now=now)
    try:
        with transaction.atomic():
            access = EmergencyAccess.objects.create(
                person=actor,
                post=post,
                section_key=section_key,
                role_key=role_key,
                reason=reason,
                opened_at=now,
                ends_at=now + timedelta(minutes=role.emergency_minutes),
            )
    except IntegrityError as error:
        raise NotNow("緊急閲覧は、もう始まっています。", "いまのものを終えてから、始めてください。") from error
    detail = {"post": post.pk, "section": section_key, "role": role_key}
    record("emergencies.access.opened", actor=actor, target=access, detail=detail)
    for reviewer in _reviewers(access):
        send(
            "emergencies.opened",
            to=reviewer,
            context={"uid": str(access.uid)},
            dedup=f"emergencies.opened:{access.uid}:{reviewer.pk}",
            is_urgent=True,
        )
    return access


def _reviewers(access: EmergencyAccess) -> list[Person]:
    today = clock.day_of(access.opened_at)
    found = [
        *staff_with(REVIEW, section_key=access.section_key, on=today),
        *staff_with(REVIEW, section_key=None, on=today),
    ]
    return [person for person in dict.fromkeys(found) if person.pk != access.person_id]


@transaction.atomic
def end(actor: Person, *, now: datetime) -> None:
    """The person ends it before its time. Ending twice is ending once."""
    access = EmergencyAccess.objects.select_for_update(of=("self",)).filter(person=actor, ended_at=None).first()
    if access is None:
        return
    access.ended_at = min(now, access.ends_at)
    access.save(update_fields=["ended_at"])
    record("emergencies.access.ended", actor=actor, target=access)


def _note_lapsed(person: Person, *, now: datetime) -> None:
    """The end of what ended by the clock."""
    for access in EmergencyAccess.objects.select_for_update().filter(person=person, ended_at=None, ends_at__lte=now):
        access.ended_at = access.ends_at
        access.save(update_fields=["ended_at"])
        record("emergencies.access.ended", actor=None, target=access)


@transaction.atomic
def review(uid: UUID, *, actor: Person, was_due: bool, finding: str, now: datetime) -> EmergencyAccess:
    """後からの確認, by somebody else and once. Raises: NotAllowed, NotNow."""
    access = EmergencyAccess.objects.select_for_update(of=("self",)).get(uid=uid)
    post = require(actor, REVIEW, access)
    if access.person_id == actor.pk:
        raise NotNow("ご自分の緊急閲覧は確かめられません。", "ほかの担当に頼んでください。")
    if access.is_open(now):
        raise NotNow("まだ終わっていません。", "終わってから、したことのすべてを見て確かめてください。")
    if access.reviewed_at:
        raise NotNow("もう確かめられています。", "画面を開きなおしてください。")
    access.reviewed_by, access.reviewed_at = actor, now
    access.was_due, access.finding = was_due, finding
    access.save()
    detail = {"post": post.pk, "was_due": was_due}
    record("emergencies.access.reviewed", actor=actor, target=access, detail=detail)
    return access
