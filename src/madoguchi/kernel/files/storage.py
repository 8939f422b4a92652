"""Contents, sealed under a random name before they lie anywhere."""

import errno
import logging
import uuid

from django.utils.translation import gettext as _

from madoguchi.kernel.files.errors import FileRefused
from madoguchi.kernel.files.shelves import shelf
from madoguchi.kernel.vault.public import name_in, seal, unseal

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_log = logging.getLogger(__name__)
_HEAD = 64  # bytes that hold the name of the key


def keep(uid: uuid.UUID, content: bytes, *, row_key: str) -> None:
    """Seal it with the file's own key and keep it, whole or not at all. Raises: FileRefused when that fails now."""
    try:
        shelf().put(name_of(uid), seal(content, context=_context(uid), row_key=row_key))
    except OSError as error:
        _log.critical("A file cannot be kept: %s", errno.errorcode.get(error.errno or 0, str(error)))
        if error.errno in NO_ROOM:
            what = _("いま、ファイルを保存できません。市の機械に空きがないためです。")
        else:
            what = _("いま、ファイルを保存できません。市の機械の不具合です。")
        raise FileRefused(
            what=what,
            next_step=_("ほかの入力は保存されています。時間をおいて、もう一度選んでください。"),
        ) from error


def content(uid: uuid.UUID, *, row_key: str) -> bytes:
    """The plain content. Raises: OSError, CannotUnseal."""
    return unseal(shelf().get(name_of(uid)), context=_context(uid), row_key=row_key)


def key_name(uid: uuid.UUID) -> str:
    """The key it is sealed with. Raises: OSError, CannotUnseal."""
    return name_in(shelf().head(name_of(uid), _HEAD))


def seal_anew(uid: uuid.UUID) -> None:
    """A file without a key of its own, under the data key that seals now.

    Whoever reads meanwhile reads the old whole or the new whole.
    """
    shelf().replace(name_of(uid), seal(content(uid, row_key=""), context=_context(uid)))


def drop(uid: uuid.UUID) -> None:
    shelf().drop(name_of(uid))


def name_of(uid: uuid.UUID) -> str:
    return f"{uid.hex[:2]}/{uid.hex}"


def _context(uid: uuid.UUID) -> str:
    return f"files.content:{uid}"
