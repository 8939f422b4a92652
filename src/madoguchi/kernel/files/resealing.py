"""The files' part in a turn of the vault's keys: the content is replaced whole, under the lock of its row."""

import os
from pathlib import Path

from django.db import transaction

from madoguchi.kernel.files.actions import content_of, context_of, path_of
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.vault.public import Batch, CannotUnseal, Part, name_in, seal

_HEAD = 64


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
    if file is None or _key_of(file) == name:
        return False
    path = path_of(file)
    partial = path.with_suffix(".partial")
    _write(partial, seal(content_of(file), context=context_of(file)))
    partial.replace(path)
    return True


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as handle:  # over what an interrupted run left
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _key_of(file: StoredFile) -> str:
    with path_of(file).open("rb") as handle:
        return name_in(handle.read(_HEAD))


def _waiting(name: str) -> int:
    return sum(_is_older(file, name) for file in StoredFile.objects.only("uid").iterator(chunk_size=500))


def _is_older(file: StoredFile, name: str) -> bool:
    try:
        return _key_of(file) != name
    except (CannotUnseal, FileNotFoundError):  # nothing that a key could mend
        return False


FILES = Part("files.content", "fields", _step, _waiting)
