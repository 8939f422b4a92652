"""Where contents lie: sealed, under a random name, one file each."""

import errno
import logging
import os
import uuid
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from madoguchi.kernel.files.errors import FileRefused
from madoguchi.kernel.vault.public import name_in, seal, unseal

_log = logging.getLogger(__name__)
_HEAD = 64  # bytes that hold the name of the key


def keep(uid: uuid.UUID, content: bytes, *, row_key: str) -> None:
    """Seal it with the file's own key and bring it to the disk, whole or not at all.

    Raises: FileRefused when there is no room.
    """
    path, sealed = _path(uid), seal(content, context=_context(uid), row_key=row_key)
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


def content(uid: uuid.UUID, *, row_key: str) -> bytes:
    """The plain content. Raises: OSError, CannotUnseal."""
    return unseal(_path(uid).read_bytes(), context=_context(uid), row_key=row_key)


def key_name(uid: uuid.UUID) -> str:
    """The key it is sealed with. Raises: OSError, CannotUnseal."""
    with _path(uid).open("rb") as handle:
        return name_in(handle.read(_HEAD))


def seal_anew(uid: uuid.UUID) -> None:
    """A file without a key of its own, under the data key that seals now.

    Whoever reads meanwhile reads the old whole or the new whole.
    """
    path = _path(uid)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as handle:  # over what an interrupted run left
        handle.write(seal(content(uid, row_key=""), context=_context(uid)))
        handle.flush()
        os.fsync(handle.fileno())
    partial.replace(path)


def drop(uid: uuid.UUID) -> None:
    _path(uid).unlink(missing_ok=True)


def _path(uid: uuid.UUID) -> Path:
    return Path(settings.FILE_DIR) / uid.hex[:2] / uid.hex


def _context(uid: uuid.UUID) -> str:
    return f"files.content:{uid}"
