"""Fixing figures, so that a report of the past never changes."""

import hashlib
import inspect
import json
import sys
from datetime import date, datetime
from importlib.metadata import version

from django.db import models, transaction

from madoguchi.kernel.audit.public import record
from madoguchi.kernel.evidence.errors import AlreadyFrozen, NotOver
from madoguchi.kernel.evidence.figures import Measured, Period, figure
from madoguchi.kernel.evidence.models import Frozen
from madoguchi.lib import clock


@transaction.atomic
def freeze(key: str, period: Period, *, actor: models.Model | None, now: datetime, correcting: str = "") -> Frozen:
    """Fix the figure of a period that is over; once more with the same value gives what stands.

    A later freeze that finds another value needs `correcting`, its reason; what was fixed first stays beside it.
    Raises: LookupError for a figure nobody gives; NotOver; AlreadyFrozen.
    """
    if period.last >= clock.day_of(now):
        raise NotOver(f"{period.last} is not over: {key} can be fixed from the day after")
    measured = figure(key, period)
    standing = frozen(key, period)
    if standing is not None and standing.value == measured.value:
        return standing
    if standing is not None and not correcting:
        raise AlreadyFrozen(
            f"{key} of {period.first} to {period.last} was fixed as {standing.value} on {clock.day_of(standing.at)} "
            f"and is {measured.value} now; say why to correct it"
        )
    row = _row(measured, number=standing.number + 1 if standing else 1, reason=correcting if standing else "", at=now)
    row.digest = digest_of(row)
    row.save(force_insert=True)
    record(
        "evidence.figure.frozen",
        actor=actor,
        target=row,
        detail={"key": key, "first": str(period.first), "last": str(period.last), "digest": row.digest},
    )
    return row


def frozen(key: str, period: Period) -> Frozen | None:
    """The figure as fixed for exactly that period, corrected where it was; None where nobody fixed it."""
    return Frozen.objects.filter(key=key, first=period.first, last=period.last).order_by("-number").first()


def digest_of(row: Frozen) -> str:
    """SHA-256 over canonical JSON of all the row says, as 64 hex digits."""
    text = json.dumps(row.content(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: date | datetime) -> str:
    return value.astimezone(clock.TOKYO).isoformat() if isinstance(value, datetime) else value.isoformat()


def _row(measured: Measured, *, number: int, reason: str, at: datetime) -> Frozen:
    given = measured.figure
    module = given.compute.rpartition(".")[0]
    return Frozen(
        key=given.key,
        first=measured.period.first,
        last=measured.period.last,
        number=number,
        value=measured.value,
        service=measured.service.slug,
        words={name: getattr(given, name).model_dump() for name in ("name", "unit", "explanation")},
        direction=given.direction.value,
        measures=list(given.measures),
        program=version("madoguchi"),
        code_digest=hashlib.sha256(inspect.getsource(sys.modules[module]).encode()).hexdigest(),
        reason=reason,
        at=at,
    )
