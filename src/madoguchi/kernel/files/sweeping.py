"""What nobody holds: contents without a row, rows that nothing is attached to. Looked at first, then swept."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from madoguchi.kernel.audit.public import record
from madoguchi.kernel.citydata.public import UnknownRecord, parameter
from madoguchi.kernel.files import storage
from madoguchi.kernel.files.models import StoredFile, Thumbnail
from madoguchi.kernel.files.shelves import FOLDERS, Item, shelf
from madoguchi.lib import clock

PARAMETER = "files_unattached_days"
# a content lies there before the row of its transaction does, and a transaction may take long
YOUNGEST_CONTENT = timedelta(days=1)


@dataclass(frozen=True)
class Swept:
    """How many there were, or went; `keeps_rows` when the city has set no number of days."""

    contents: int
    rows: int
    keeps_rows: bool


def sweep(*, now: datetime, apply: bool) -> Swept:
    """Count what nobody holds, with `apply` delete it. Safe to run again and beside uploads. Raises: OSError."""
    contents = rows = 0
    for item in _contents_without_row(now - YOUNGEST_CONTENT):
        contents += 1
        if apply:
            shelf().drop(item.name)
    before = _unattached_before(now)
    for file in unattached(before).order_by("pk").iterator(chunk_size=500) if before else ():
        rows += 1
        if apply:
            _drop(file)
    if apply and contents:
        with transaction.atomic():
            record("files.contents.swept", actor=None, target="files", detail={"count": contents})
    return Swept(contents, rows, keeps_rows=before is None)


def unattached(before: datetime) -> QuerySet[StoredFile]:
    """Files stored before that moment which no record of any app points to."""
    found = StoredFile.objects.filter(stored_at__lt=before)
    for field in StoredFile._meta.get_fields(include_hidden=True):
        if field.auto_created and field.is_relation and field.related_model is not Thumbnail:
            holders = field.related_model._base_manager.filter(**{field.field.name: OuterRef("pk")})  # type: ignore[union-attr]
            found = found.exclude(Exists(holders))
    return found


def _unattached_before(now: datetime) -> datetime | None:
    try:
        days = parameter(PARAMETER, on=clock.day_of(now)).value
    except UnknownRecord:
        return None
    return now - timedelta(days=days)


@transaction.atomic
def _drop(file: StoredFile) -> None:
    """Asked once more under a lock; the database refuses on top, should something point to it."""
    locked = StoredFile.objects.select_for_update().filter(pk=file.pk)
    if unattached(clock.now()).filter(pk__in=locked).exists():
        record("files.file.swept", actor=None, target=file)
        uid = file.uid
        file.delete()
        transaction.on_commit(lambda: storage.drop(uid))


def _contents_without_row(before: datetime) -> Iterator[Item]:
    """One folder at a time, so that a million files need no memory."""
    for folder in FOLDERS:
        old = [item for item in shelf().items(folder) if item.kept_at < before]
        if not old:
            continue
        first, last = (uuid.UUID(hex=folder + fill * 30) for fill in "0f")
        rows = StoredFile.objects.filter(uid__range=(first, last)).values_list("uid", flat=True)
        held = {storage.name_of(uid) for uid in rows}
        yield from (item for item in old if item.name not in held)
