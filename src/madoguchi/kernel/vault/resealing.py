"""Sealing anew what an older key sealed, in batches, while everybody goes on reading and writing.

A row is locked, or left for the next walk, and replaced only while it is what was read: nothing written meanwhile is
lost. What is done shows by the key that a value names: an interrupted run goes on where it was.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django_tasks import task

from madoguchi.kernel.audit.public import record
from madoguchi.kernel.vault import datakeys
from madoguchi.kernel.vault.crypto import ROW_KEY, beginning, name_in, raw_of
from madoguchi.kernel.vault.errors import CannotUnseal
from madoguchi.kernel.vault.fields import EncryptedTextField, Sealed
from madoguchi.kernel.vault.keyfile import key_ring
from madoguchi.kernel.vault.models import DataKey
from madoguchi.lib import clock

BATCH = 200
RUN_FOR_S = 60
LATE_WRITERS = timedelta(seconds=2 * datakeys.CURRENT_FOR_S)  # who remembers the key before seals with it so long


@dataclass(kw_only=True)
class Batch:
    """What came of one step through a part: how far it got, and which rows do not open."""

    last_pk: int | None = None  # None: the end was reached
    resealed: int = 0
    damaged: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """Something with sealed values: a table, or what the settings name (VAULT_PARTS)."""

    name: str
    use: str  # of the data keys it is sealed with
    step: Callable[[int, int, str], Batch]  # after this row, so many, to this data key
    waiting: Callable[[str], int]


def parts() -> Iterator[Part]:
    for model in apps.get_models():
        sealed = [one for one in model._meta.local_fields if isinstance(one, EncryptedTextField)]
        for use in datakeys.TURNED:
            if fields := [one for one in sealed if one.key_use == use]:
                yield _table(model, use, fields)
    for path in settings.VAULT_PARTS:
        yield import_string(path)


def _table(model: type[models.Model], use: str, sealed: list[EncryptedTextField]) -> Part:
    def older(name: str) -> models.QuerySet[models.Model]:
        any_of = Q()
        for one in sealed:
            any_of |= Q(**{f"{one.name}__not_beginning": beginning(name)})
        return model._base_manager.filter(any_of)

    @transaction.atomic  # one flush to the disk a batch; rows in somebody's hands are left for the next walk
    def step(after: int, count: int, name: str) -> Batch:
        done = Batch()
        found = older(name).filter(pk__gt=after).order_by("pk")
        rows = list(found.select_for_update(skip_locked=True)[:count])
        for row in rows:
            try:
                done.resealed += _reseal(row, sealed, name)
            except CannotUnseal:
                done.damaged.append(f"{model._meta.label_lower}:{row.pk}")
        done.last_pk = rows[-1].pk if rows else None
        return done

    return Part(model._meta.label_lower, use, step, lambda name: older(name).count())


def _reseal(row: models.Model, sealed: list[EncryptedTextField], name: str) -> bool:
    before, after = {}, {}
    for one in sealed:
        value = row.__dict__[one.attname]
        if isinstance(value, Sealed) and name_in(raw_of(value.text)) not in {name, ROW_KEY}:
            before[one.name], after[one.name] = value, one.sealed(one.opened(value, row), row)
    return type(row)._base_manager.filter(pk=row.pk, **before).update(**after) == 1


def waiting() -> dict[str, int]:
    """How many rows or files of each part still name an older key."""
    return {part.name: part.waiting(datakeys.current_name(part.use)) for part in parts()}


def reseal(*, until: float | None = None) -> Batch:
    """One walk through everything, no longer than `until` (monotonic); `last_pk` is None once it reached the end."""
    datakeys.forget()
    whole = Batch()
    for part in parts():
        after: int | None = 0
        name, _key = datakeys.current(part.use)
        while after is not None:
            done = part.step(after, BATCH, name)
            after = done.last_pk
            whole.resealed += done.resealed
            whole.damaged += done.damaged
            if until is not None and time.monotonic() > until:
                whole.last_pk = after or 0
                return whole
    return whole


@task()
def reseal_all(turned_at: str) -> None:
    """Walk on until nothing is left, and once more when no process seals with the key before."""
    done = reseal(until=time.monotonic() + RUN_FOR_S)
    if done.last_pk is not None:
        reseal_all.enqueue(turned_at=turned_at)
    elif clock.now() < datetime.fromisoformat(turned_at) + LATE_WRITERS or _is_left(done):
        reseal_all.using(run_after=clock.now() + LATE_WRITERS).enqueue(turned_at=turned_at)
    else:
        finish(done)


def _is_left(done: Batch) -> bool:
    """Whether rows were in somebody's hands; what does not open is left to people."""
    return sum(waiting().values()) > len(done.damaged)


@transaction.atomic
def finish(done: Batch) -> None:
    """Note the end; a first ring that nothing names any more opens nothing from now on."""
    if not done.damaged and not any(waiting().values()):
        now = clock.now()
        for name in key_ring().keys:
            DataKey.objects.get_or_create(
                name=name, defaults={"use": DataKey.Use.FIRST_RING, "made_at": now, "retired_at": now}
            )
    record("vault.values.resealed", actor=None, target="vault", detail={"damaged": len(done.damaged)})
