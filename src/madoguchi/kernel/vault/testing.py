"""For tests: keys of their own, and values as the first release sealed them."""

import os
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from madoguchi.kernel.vault import datakeys, keyfile, resealing, turning
from madoguchi.kernel.vault.models import DataKey
from madoguchi.lib import clock


def remember_keys() -> None:
    """Which key seals is asked once, so that counting queries does not depend on the clock."""
    datakeys.CURRENT_FOR_S = 24 * 3600.0


@contextmanager
def own_keys(settings: Any, directory: Path) -> Iterator[Path]:
    """A key file and data keys that only this test has; the key file."""
    settings.KEY_DIR = directory
    keyfile.ensure_key_file(keyfile.key_file())
    _forget()
    DataKey.objects.all().delete()
    datakeys.ensure(clock.now())
    try:
        yield keyfile.key_file()
    finally:
        _forget()


def turn_and_reseal() -> dict[str, int]:
    """A whole turn of the keys, here and now; what still names an older key, by part."""
    turning.turn(clock.now())
    resealing.reseal()
    return {name: count for name, count in resealing.waiting().items() if count}


def _forget() -> None:
    keyfile.key_ring.cache_clear()
    datakeys.forget()


def sealed_by_the_first_release(plain: str, column: str) -> str:
    """By a key of the file itself, bound to the column only."""
    ring, nonce = keyfile.key_ring(), os.urandom(12)
    sealed = AESGCM(ring.keys["k1"]).encrypt(nonce, plain.encode(), column.encode())
    return urlsafe_b64encode(b"k1:" + nonce + sealed).decode()
