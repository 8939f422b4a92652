"""Storing and opening files. The content is on disk before the row exists, so a row never lacks its file."""

import hashlib
import logging
import uuid
from base64 import b64encode

from django.db import transaction

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.files import quarantine, storage
from madoguchi.kernel.files.errors import FileShut
from madoguchi.kernel.files.intake import Clean
from madoguchi.kernel.files.models import StoredFile, Thumbnail
from madoguchi.kernel.vault.public import CannotUnseal
from madoguchi.lib import clock

_log = logging.getLogger(__name__)


@transaction.atomic
def store(accepted: Clean, *, owner: Person, retention_years: int) -> StoredFile:
    """Seal and keep what was cleaned; it stays in quarantine until it is scanned. Raises: FileRefused."""
    file = StoredFile(
        owner=owner,
        name=accepted.name,
        content_type=accepted.content_type,
        size_bytes=len(accepted.content),
        digest=hashlib.sha256(accepted.content).hexdigest(),
        retention_years=retention_years,
        stored_at=clock.now(),
        state=quarantine.first_state(),
    )
    storage.keep(file.uid, accepted.content, row_key=file.seal_key)
    file.save(force_insert=True)
    if accepted.small:
        address = f"data:image/jpeg;base64,{b64encode(accepted.small).decode()}"
        Thumbnail.objects.create(file=file, address=address)
    record("files.file.stored", actor=owner, target=file, detail={"type": file.content_type})
    quarantine.admit(file)
    return file


def content_of(file: StoredFile) -> bytes:
    """The plain content. Who may see it is the caller's rule; the caller also records the look.

    Raises: FileShut.
    """
    if not file.opens:
        raise FileShut(file.state)
    try:
        return storage.content(file.uid, row_key=file.seal_key)
    except OSError as error:
        _log.critical("File %s cannot be fetched (%s)", file.uid, type(error).__name__)
        raise FileShut(away=True) from error


def unreadable_file() -> uuid.UUID | None:
    """The first stored file whose content is missing, does not open or is not what was stored; streams."""
    for file in StoredFile.objects.only("uid", "digest", "seal_key").iterator(chunk_size=500):
        try:
            if hashlib.sha256(storage.content(file.uid, row_key=file.seal_key)).hexdigest() != file.digest:
                return file.uid
        except (OSError, CannotUnseal):
            return file.uid
    return None


@transaction.atomic
def discard(file: StoredFile, *, actor: Person | None) -> None:
    """Delete a file that its owner took back before handing it in, or whose time is over."""
    record("files.file.discarded", actor=actor, target=file)
    uid = file.uid
    file.delete()
    transaction.on_commit(lambda: storage.drop(uid))
