"""The data keys: opened once and kept in the memory of the process, made and turned in the database."""

import re
import secrets
import threading
import time
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from madoguchi.kernel.vault.errors import CannotUnseal
from madoguchi.kernel.vault.keepers import keeper, keeper_of
from madoguchi.kernel.vault.keyfile import KEY_BYTES, key_ring
from madoguchi.kernel.vault.models import DataKey

CURRENT_FOR_S = 60.0  # a turn is noticed by every process within this time
NAMES = re.compile(r"d\d{4}")
Use = DataKey.Use
TURNED = (Use.FIELDS, Use.NUMBERS)


class _Memory:
    """Opened keys by name, and which one seals. Only what the database had committed is kept."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.opened: dict[str, bytes] = {}
        self.current: dict[str, tuple[str, float]] = {}

    def forget(self) -> None:
        with self.lock:
            self.opened.clear()
            self.current.clear()


_memory = _Memory()
forget = _memory.forget


def current(use: str) -> tuple[str, bytes]:
    """Name and key that seal now. Raises: ImproperlyConfigured, KeeperAway, CannotUnwrap."""
    name, until = _memory.current.get(use, ("", 0.0))
    if time.monotonic() >= until:
        name = current_name(use)
        with _memory.lock:
            _memory.current[use] = name, time.monotonic() + CURRENT_FOR_S
    return name, key_named(name)


def current_name(use: str) -> str:
    """As the database has it. Raises: ImproperlyConfigured."""
    name = DataKey.objects.filter(use=use, retired_at=None).values_list("name", flat=True).first()
    if name is None:
        raise ImproperlyConfigured("The vault has no data key. Run `madoguchi keys`, then `madoguchi migrate`.")
    return name


def key_named(name: str) -> bytes:
    """The opened key. Raises: CannotUnseal for a name that no key has, KeeperAway, CannotUnwrap."""
    key = _memory.opened.get(name)
    if key is None:
        key = _of_first_ring(name) if is_of_first_ring(name) else _unwrapped(name)
        with _memory.lock:
            _memory.opened[name] = key
    return key


def is_of_first_ring(name: str) -> bool:
    """Whether values were sealed with a key of the file itself, as before there were data keys."""
    return not NAMES.fullmatch(name)


def _of_first_ring(name: str) -> bytes:
    key = key_ring().keys.get(name)
    if key is None or DataKey.objects.filter(name=name).exists():  # its values were all sealed anew
        raise CannotUnseal(f"no key {name[:11]}")
    return key


def _unwrapped(name: str) -> bytes:
    row = DataKey.objects.filter(name=name).first()
    if row is None:
        raise CannotUnseal(f"no key {name}")
    return keeper_of(row.wrapped).unwrap(row.wrapped, context=_context(row))


def _context(row: DataKey) -> str:
    return f"vault.datakey:{row.name}:{row.use}"


def ensure(now: datetime) -> None:
    """Every use has a key. The key of blind indexes never changes: an older release kept it in the file."""
    for use in (*TURNED, Use.INDEX):
        if not DataKey.objects.filter(use=use, retired_at=None).exists():
            make(use, now, key=key_ring().index_key if use == Use.INDEX else None)


@transaction.atomic
def make(use: str, now: datetime, *, key: bytes | None = None) -> str:
    """A new data key that seals from now on; the one before it only opens. Its name. Raises: KeeperAway."""
    DataKey.objects.select_for_update().filter(use=use, retired_at=None).update(retired_at=now)
    last = DataKey.objects.exclude(use=Use.FIRST_RING).order_by("-pk").first()
    row = DataKey(name=f"d{1 + (int(last.name[1:]) if last else 0):04d}", use=use, made_at=now)
    _wrap(row, key or secrets.token_bytes(KEY_BYTES))
    row.save(force_insert=True)
    return row.name


@transaction.atomic
def wrap_anew() -> int:
    """Every data key under the key that wraps now; how many. Raises: KeeperAway, CannotUnwrap."""
    rows = list(DataKey.objects.select_for_update().exclude(wrapped=""))
    for row in rows:
        _wrap(row, keeper_of(row.wrapped).unwrap(row.wrapped, context=_context(row)))
        row.save(update_fields=["wrapped", "wrapped_by"])
    return len(rows)


def _wrap(row: DataKey, key: bytes) -> None:
    by = keeper()
    row.wrapped, row.wrapped_by = by.wrap(key, context=_context(row)), by.name


def names() -> frozenset[str]:
    """All there are; a backup looks whether they changed while it was made."""
    return frozenset(DataKey.objects.values_list("name", flat=True))
