"""Limits on tries, counted in the database that all web processes share.

A try is taken before anything is checked, so a hundred at the same moment count as a hundred; while the limit is
reached nothing is checked at all, and the right password is refused like any other.
"""

from datetime import datetime

from django.db import transaction

from madoguchi.kernel.accounts.errors import TooManyTries
from madoguchi.kernel.accounts.models import Attempts
from madoguchi.kernel.vault.public import blind_index
from madoguchi.lib.limits import Count, Limit


@transaction.atomic
def _take(limit: Limit, key: str, now: datetime) -> tuple[datetime | None, bool]:
    """Until when the key is closed, if it is, and whether it closed just now."""
    index = _index(limit, key)
    Attempts.objects.get_or_create(key=index, defaults={"since": now})
    row = Attempts.objects.select_for_update().get(key=index)
    before = Count(row.count, row.since, row.closed_until)
    after = before.another(limit, now)
    row.count, row.since, row.closed_until = after.count, after.since, after.closed_until
    row.save()
    return after.closed_until, after.closed_until != before.closed_until


def take_try(limit: Limit, key: str, *, now: datetime, only_look: bool = False) -> None:
    """Count one try; `only_look` counts none, for doors that count wrong tries only.

    Raises: TooManyTries; its `just_closed` tells whether this try closed the key.
    """
    closed_until, just_closed = _closed_until(limit, key, now) if only_look else _take(limit, key, now)
    if closed_until is not None:
        raise TooManyTries(closed_until, just_closed=just_closed)


def _closed_until(limit: Limit, key: str, now: datetime) -> tuple[datetime | None, bool]:
    row = Attempts.objects.filter(key=_index(limit, key), closed_until__gt=now).first()
    return (row.closed_until if row else None), False


def forget_tries(limit: Limit, key: str) -> None:
    """After the right answer, or when an administrator opens the account again."""
    Attempts.objects.filter(key=_index(limit, key)).delete()


def _index(limit: Limit, key: str) -> str:
    return blind_index(f"{limit.purpose}|{key}", context="accounts.attempts.key")
