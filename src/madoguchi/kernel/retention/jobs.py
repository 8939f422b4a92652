"""Erasing what was confirmed, and each night what needs nobody's decision. Killed, they go on where they were."""

import time
from datetime import date, datetime

from django.db import connection, transaction

from madoguchi.kernel.audit.public import record
from madoguchi.kernel.jobs.public import enqueue, job
from madoguchi.kernel.retention.erasing import erase
from madoguchi.kernel.retention.models import Disposal
from madoguchi.kernel.retention.rules import due, preview, rules
from madoguchi.lib import clock
from madoguchi.lib.keeping import Rule

RUN_FOR_S = 120


@job("決めた廃棄を進める")
def dispose(disposal_id: int) -> None:
    """Erase what was confirmed and is past its period as of that day, and nothing that became so since."""
    disposal = Disposal.objects.get(pk=disposal_id)
    if disposal.ended_at is not None:
        return
    _forget_bytes()
    rule = rules()[disposal.rule_key]
    if not _erase_due(rule, today=disposal.as_of, disposal=disposal):
        with transaction.atomic():
            enqueue(dispose, disposal_id=disposal_id)
        return
    _scrub()
    held = preview(rule, today=disposal.as_of).held
    with transaction.atomic():
        if Disposal.objects.filter(pk=disposal_id, ended_at=None).update(ended_at=clock.now(), held=held):
            disposal.refresh_from_db()
            detail = {"rule": rule.key, "erased": disposal.erased, "held": held}
            record("retention.disposal.done", actor=None, target=disposal, detail=detail)


def sweep(*, now: datetime) -> dict[str, int]:
    """Every rule that needs no decision; how many records went by rule."""
    _forget_bytes()
    today, counts = clock.day_of(now), {}
    for rule in rules().values():
        if not rule.needs_decision:
            counts[rule.key] = sum(erase(rule, one, now=now) for one in due(rule, today=today))
    if any(counts.values()):
        _scrub()
    return counts


def _erase_due(rule: Rule, *, today: date, disposal: Disposal) -> bool:
    """True when all were tried; False when the time was up."""
    until = time.monotonic() + RUN_FOR_S
    for one in due(rule, today=today):
        erase(rule, one, now=clock.now(), disposal=disposal)
        if time.monotonic() > until:
            return False
    return True


def _forget_bytes() -> None:
    """SQLite overwrites what it deletes, on this connection from now on; PostgreSQL's autovacuum sees to dead rows."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def _scrub() -> None:
    """Fold SQLite's log in, where the bytes of before still stand."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
