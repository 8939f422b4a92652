"""The key ring in a file: named AES-256 keys, one of them current, and a key for blind indexes."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


@dataclass(frozen=True)
class KeyRing:
    current: str
    keys: dict[str, bytes]
    index_key: bytes


def ensure_key_file(path: Path) -> bool:
    """Write a new key ring unless `path` exists; readable by the owner only. True when it was written."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    ring = {
        "current": "k1",
        "keys": {"k1": b64encode(secrets.token_bytes(KEY_BYTES)).decode()},
        "index": b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(ring, file)
        file.flush()
        os.fsync(file.fileno())
    return True


def key_file() -> Path:
    return Path(settings.KEY_DIR) / "vault.json"


@cache
def key_ring() -> KeyRing:
    """The ring of this installation. Raises: ImproperlyConfigured naming the remedy."""
    try:
        raw = json.loads(key_file().read_text(encoding="ascii"))
    except FileNotFoundError as error:
        raise ImproperlyConfigured(
            "The vault has no key file. Run `madoguchi keys` once, or restore it from the key backup: "
            "without it personal data cannot be read."
        ) from error
    return KeyRing(
        current=raw["current"],
        keys={name: b64decode(value) for name, value in raw["keys"].items()},
        index_key=b64decode(raw["index"]),
    )
