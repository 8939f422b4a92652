"""Publishing in the transaction of the act; telling the hearers afterwards, in order; telling them again."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.module_loading import import_string

from madoguchi.kernel.events.hearing import hearers, published
from madoguchi.kernel.events.models import Delivery, Event
from madoguchi.kernel.jobs.public import enqueue, job
from madoguchi.lib import clock

_KEY = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._:-]{0,79}")
BATCH = 500


class NotAnId(Exception):
    """An event says which records it is about, never what stands in them."""


def publish(name: str, /, *, at: datetime, **ids: int | str | UUID) -> Event:
    """Say that something happened, in the transaction of the act: no act, no event. The first id names the thing.

    Raises: TransactionManagementError outside a transaction; KeyError for an event no manifest names; NotAnId.
    """
    if name not in published():
        raise KeyError(f"the event {name!r} is not named in any manifest")
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("publish needs the transaction of the act")
    plain = {key: value if isinstance(value, int) else str(value) for key, value in ids.items()}
    if not plain or not all(isinstance(value, int) or _KEY.fullmatch(value) for value in plain.values()):
        raise NotAnId(name)
    key, value = next(iter(plain.items()))
    subject = f"{name.split('.')[0]}.{key}:{value}"
    event = Event.objects.create(name=name, subject=subject, ids=plain, at=at)
    _queue(event, hearers().get(name, ()))
    return event


@job("できごとを伝える")
def tell(hearer: str, subject: str) -> None:
    """Tell one hearer of everything about one thing that it has not heard, oldest first.

    What the hearer writes and the mark that it was told stand or fall together. While one fails, what happened to the
    same thing later waits behind it. Idempotent: where all is told, nothing is done.
    """
    while _tell_next(hearer, subject):
        pass


@transaction.atomic
def _tell_next(hearer: str, subject: str) -> bool:
    waiting = Delivery.objects.filter(hearer=hearer, event__subject=subject, done_at=None)
    first = waiting.select_related("event").select_for_update(of=("self",)).order_by("event_id").first()
    if first is None:
        return False
    if hearer in hearers().get(first.event.name, ()):  # else it was taken out meanwhile
        import_string(hearer)(first.event)
    first.done_at = clock.now()
    first.save(update_fields=["done_at"])
    return True


def replay(*, since: datetime, name: str | None = None, hearer: str | None = None) -> int:
    """Tell the hearers of today again what happened since then, also those that came later; how many tellings.

    Every hearer is idempotent, so nothing doubles. A batch is one transaction: safe to stop and to run again.
    """
    names = [name] if name else list(hearers())
    count, last = 0, 0
    while True:
        events = list(Event.objects.filter(name__in=names, at__gte=since, pk__gt=last).order_by("pk")[:BATCH])
        if not events:
            return count
        last = events[-1].pk
        with transaction.atomic():
            count += sum(_queue(event, _wanted(event.name, hearer)) for event in events)


def _wanted(name: str, hearer: str | None) -> tuple[str, ...]:
    return tuple(found for found in hearers().get(name, ()) if hearer in (None, found))


def _queue(event: Event, those: Iterable[str]) -> int:
    count = 0
    for hearer in those:
        Delivery.objects.update_or_create(event=event, hearer=hearer, defaults={"done_at": None})
        enqueue(tell, hearer=hearer, subject=event.subject)
        count += 1
    return count


@transaction.atomic
def forget(*, before: datetime) -> int:
    """Drop events of before that everybody has heard; how many."""
    waiting = Delivery.objects.filter(done_at=None).values("event")
    return Event.objects.filter(at__lt=before).exclude(pk__in=waiting).delete()[1].get("events.Event", 0)
