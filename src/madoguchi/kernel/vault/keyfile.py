"""The key file: named AES-256 keys, one of them current, which wrap the data keys.

A ring of a release before the data keys sealed values with them, and has the key for blind indexes, too.
"""

import fcntl
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


@dataclass(frozen=True)
class KeyRing:
    current: str
    keys: dict[str, bytes]
    index_key: bytes | None


def ensure_key_file(path: Path) -> bool:
    """Write a new key ring unless `path` exists; readable by the owner only. True when it was written."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(path, {"current": "k1", "keys": {"k1": _new_key()}})
    return True


def add_key(path: Path) -> str:
    """One more key, the current one from now on; the others stay. Its name."""
    with _alone(path.parent):
        raw = json.loads(path.read_text(encoding="ascii"))
        name = f"k{1 + max(int(name[1:]) for name in raw['keys'])}"
        partial = path.with_suffix(".partial")
        partial.unlink(missing_ok=True)  # of an interrupted turn
        _write(partial, {**raw, "current": name, "keys": {**raw["keys"], name: _new_key()}})
        partial.replace(path)
        _flush(path.parent)
    key_ring.cache_clear()
    return name


def key_file() -> Path:
    return Path(settings.KEY_DIR) / "vault.json"


@cache
def key_ring() -> KeyRing:
    """The ring of this installation; an empty one where a key store wraps. Raises: ImproperlyConfigured."""
    try:
        raw = json.loads(key_file().read_text(encoding="ascii"))
    except FileNotFoundError as error:
        if settings.KMS_URL:
            return KeyRing(current="", keys={}, index_key=None)
        raise ImproperlyConfigured(
            "The vault has no key file. Run `madoguchi keys` once, or restore it from the key backup: "
            "without it personal data cannot be read."
        ) from error
    return KeyRing(
        current=raw["current"],
        keys={name: b64decode(value) for name, value in raw["keys"].items()},
        index_key=b64decode(raw["index"]) if "index" in raw else None,
    )


def _new_key() -> str:
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _write(path: Path, ring: dict[str, Any]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(ring, file)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """One turn at a time; the lock ends with the process."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _flush(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
