"""Storing and opening files. The content is on disk before the row exists, so a row never lacks its file."""

import errno
import hashlib
import logging
import os
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.files.errors import FileRefused
from madoguchi.kernel.files.intake import clean
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.vault.public import CannotUnseal, seal, unseal
from madoguchi.lib import clock

_log = logging.getLogger(__name__)
_CONTEXT = "files.content"


def path_of(file: StoredFile) -> Path:
    name = file.uid.hex
    return Path(settings.FILE_DIR) / name[:2] / name


def context_of(file: StoredFile) -> str:
    return f"{_CONTEXT}:{file.uid}"


@transaction.atomic
def store(upload: UploadedFile, *, owner: Person, retention_years: int) -> StoredFile:
    """Check, clean, seal and keep an upload. Raises: FileRefused."""
    accepted = clean(upload)
    file = StoredFile(
        owner=owner,
        name=accepted.name,
        content_type=accepted.content_type,
        size_bytes=len(accepted.content),
        digest=hashlib.sha256(accepted.content).hexdigest(),
        retention_years=retention_years,
        stored_at=clock.now(),
    )
    path = path_of(file)
    _write(path, seal(accepted.content, context=context_of(file)))
    file.save(force_insert=True)
    record("files.file.stored", actor=owner, target=file, detail={"type": file.content_type})
    return file


def _write(path: Path, sealed: bytes) -> None:
    """Whole and on the disk, or not at all. Raises: FileRefused when there is no room."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("xb") as handle:
            handle.write(sealed)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        _log.critical("A file cannot be kept: %s", errno.errorcode.get(error.errno or 0, "unknown"))
        path.unlink(missing_ok=True)
        raise FileRefused(
            what=_("いま、ファイルを保存できません。市の機械に空きがないためです。"),
            next_step=_("ほかの入力は保存されています。時間をおいて、もう一度選んでください。"),
        ) from error


def content_of(file: StoredFile) -> bytes:
    """The plain content. Who may see it is the caller's rule; the caller also records the look."""
    return unseal(path_of(file).read_bytes(), context=context_of(file))


def unreadable_file() -> uuid.UUID | None:
    """The first stored file whose content is missing, does not open or is not what was stored; streams."""
    for file in StoredFile.objects.only("uid", "digest").iterator(chunk_size=500):
        try:
            if hashlib.sha256(content_of(file)).hexdigest() != file.digest:
                return file.uid
        except (OSError, CannotUnseal):
            return file.uid
    return None


@transaction.atomic
def discard(file: StoredFile, *, actor: Person) -> None:
    """Delete a file its owner took back before handing it in."""
    record("files.file.discarded", actor=actor, target=file)
    path = path_of(file)
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
