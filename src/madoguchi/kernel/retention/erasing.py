"""Erasing one record, with its proof in the trail, or nothing of it."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F

from madoguchi.kernel.audit.public import record
from madoguchi.kernel.retention.models import Disposal, Hold
from madoguchi.kernel.retention.rules import eraser
from madoguchi.lib.keeping import Due, Rule


class _Held(Exception):
    """Somebody holds the record: nothing of it is erased."""


def erase(rule: Rule, due: Due, *, now: datetime, disposal: Disposal | None = None) -> bool:
    """One record and all that belongs to it, with the proof, or nothing; False when it is held or gone.

    The proof names the record, the rule, the day it was due and the marks (SHA-256) of the keys that were destroyed.
    """
    try:
        with transaction.atomic():
            marks = eraser(rule)(due.pk, now)
            detail: dict[str, Any] = {"rule": rule.key, "due": due.on.isoformat(), "keys": marks}
            if disposal is not None:
                detail["disposal"] = disposal.pk
                Disposal.objects.filter(pk=disposal.pk).update(erased=F("erased") + 1)
            record("retention.record.erased", actor=None, target=due.subjects[0], detail=detail)
            # after the line: whoever holds writes one, too, so nobody can do so in between
            if Hold.objects.filter(subject__in=due.subjects, lifted_at=None).exists():
                raise _Held
    except (_Held, models.ObjectDoesNotExist):
        return False
    return True
