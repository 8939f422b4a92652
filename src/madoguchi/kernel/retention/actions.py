"""Deciding what goes, and holding what stays."""

from datetime import date, datetime

from django.apps import apps
from django.db import IntegrityError, transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.jobs.public import enqueue
from madoguchi.kernel.retention.errors import DisposalRuns, HeldAlready, NoSuchRecord, PreviewChanged
from madoguchi.kernel.retention.jobs import dispose
from madoguchi.kernel.retention.models import Disposal, Hold
from madoguchi.kernel.retention.rules import preview
from madoguchi.lib.keeping import Rule


@transaction.atomic
def confirm(rule: Rule, *, expected: int, actor: Person, today: date, now: datetime) -> Disposal:
    """Decide to dispose of what the preview named; the job follows. Raises: PreviewChanged, DisposalRuns."""
    require(actor, "retention.disposal.confirm")
    if preview(rule, today=today).count != expected or not expected:
        raise PreviewChanged
    try:
        with transaction.atomic():
            made = Disposal.objects.create(
                rule_key=rule.key, as_of=today, expected=expected, confirmed_by=actor, confirmed_at=now
            )
    except IntegrityError as error:
        raise DisposalRuns from error
    detail = {"rule": rule.key, "as_of": today.isoformat(), "expected": expected}
    record("retention.disposal.confirmed", actor=actor, target=made, detail=detail)
    enqueue(dispose, disposal_id=made.pk)
    return made


@transaction.atomic
def hold(subject: str, *, reason: str, actor: Person, now: datetime) -> Hold:
    """Keep a record from being erased until somebody lifts it. Raises: HeldAlready, NoSuchRecord."""
    require(actor, "retention.hold.set")
    try:
        with transaction.atomic():
            made = Hold.objects.create(subject=subject, reason=reason, set_by=actor, set_at=now)
    except IntegrityError as error:
        raise HeldAlready from error
    record("retention.hold.set", actor=actor, target=made, detail={"subject": subject})
    if not _is_there(subject):  # asked under the lock of the trail: whatever erased it has told so
        raise NoSuchRecord
    return made


def _is_there(subject: str) -> bool:
    label, _, key = subject.partition(":")
    return bool(apps.get_model(label)._base_manager.filter(pk=key).exists())


@transaction.atomic
def lift(hold_id: int, *, reason: str, actor: Person, now: datetime) -> Hold:
    """The reason for keeping it is gone; the period counts again. Raises: Hold.DoesNotExist."""
    require(actor, "retention.hold.set")
    found = Hold.objects.select_for_update().get(pk=hold_id, lifted_at=None)
    found.lift_reason, found.lifted_by, found.lifted_at = reason, actor, now
    found.save(update_fields=["lift_reason", "lifted_by", "lifted_at"])
    record("retention.hold.lifted", actor=actor, target=found, detail={"subject": found.subject})
    return found
