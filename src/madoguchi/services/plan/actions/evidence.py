"""Entering the value of an indicator that no service counts."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.audit.public import record
from madoguchi.services.plan import access
from madoguchi.services.plan.actions.texts import needed
from madoguchi.services.plan.models import Reading
from madoguchi.services.plan.pack import Indicator
from madoguchi.services.plan.queries import reports as queries


@transaction.atomic
def enter(item: Indicator, *, on: date, value: Decimal, source: str, actor: Person, now: datetime) -> Reading:
    """実績値 with its day and source; a correction is entered anew. Raises: NotAllowed, TextMissing, TextTooLong."""
    access.require(access.may_write, actor, queries.measure(item.measure))
    told = needed(source, "出典", most=200)
    found = Reading.objects.create(
        indicator_key=item.key, on=on, value=value, source=told, entered_at=now, entered_by=actor
    )
    record("plan.reading.entered", actor=actor, target=found, detail={"indicator": item.key, "on": str(on)})
    return found
