"""The files' part in a turn of the vault's keys: the content is replaced whole, under the lock of its row."""

import uuid

from django.db import transaction

from madoguchi.kernel.files import storage
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.vault.public import Batch, CannotUnseal, Part

ROW_KEY = "row01"  # sealed by a key of its own, which goes with it


def _step(after: int, count: int, name: str) -> Batch:
    done = Batch()
    for pk in StoredFile.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:count]:
        done.last_pk = pk
        try:
            done.resealed += _reseal(pk, name)
        except (CannotUnseal, FileNotFoundError):
            done.damaged.append(f"files.content:{pk}")
    return done


@transaction.atomic
def _reseal(pk: int, name: str) -> bool:
    """Whether it was sealed anew. The lock keeps its owner from taking it back in between."""
    file = StoredFile.objects.select_for_update().filter(pk=pk).first()
    if file is None or storage.key_name(file.uid) in {name, ROW_KEY}:
        return False
    storage.seal_anew(file.uid)
    return True


def _waiting(name: str) -> int:
    return sum(_is_older(uid, name) for uid in StoredFile.objects.values_list("uid", flat=True).iterator())


def _is_older(uid: uuid.UUID, name: str) -> bool:
    try:
        return storage.key_name(uid) not in {name, ROW_KEY}
    except (CannotUnseal, FileNotFoundError):  # nothing that a key could mend
        return False


FILES = Part("files.content", "fields", _step, _waiting)
