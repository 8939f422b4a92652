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


def keep(uid: uuid.UUID, content: bytes) -> None:
    """Seal it and keep it, whole or not at all. Raises: FileRefused when that cannot be done now."""
    try:
        shelf().put(name_of(uid), seal(content, context=_context(uid)))
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


def content(uid: uuid.UUID) -> bytes:
    """The plain content. Raises: OSError, CannotUnseal."""
    return unseal(shelf().get(name_of(uid)), context=_context(uid))


def key_name(uid: uuid.UUID) -> str:
    """The key it is sealed with. Raises: OSError, CannotUnseal."""
    return name_in(shelf().head(name_of(uid), _HEAD))


def seal_anew(uid: uuid.UUID) -> None:
    """Under the key that seals now; whoever reads meanwhile reads the old whole or the new whole."""
    shelf().replace(name_of(uid), seal(content(uid), context=_context(uid)))


def drop(uid: uuid.UUID) -> None:
    shelf().drop(name_of(uid))


def name_of(uid: uuid.UUID) -> str:
    return f"{uid.hex[:2]}/{uid.hex}"


def _context(uid: uuid.UUID) -> str:
    return f"files.content:{uid}"
