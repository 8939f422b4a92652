"""Named keys with versions, kept in the memory of the process or in a file; they never leave it."""

import json
import os
from base64 import b64decode, b64encode
from enum import Enum
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Fault(Enum):
    """What can be made to go wrong once; the value is the word for `--fault` and for `POST /faults`."""

    SEALED = "sealed"  # restarted, and nobody has unsealed it yet
    DENIED = "denied"  # the token ran out
    ERROR_500 = "error_500"
    SLOW = "slow"
    GARBAGE = "garbage"
    HTML = "html"  # a page of a proxy, with status 200
    NO_CIPHERTEXT = "no_ciphertext"
    OTHER_KEY = "other_key"  # gives back other bytes than it was given
    SHORT_KEY = "short_key"
    REDIRECT = "redirect"


class Refused(Exception):
    """What the engine answers with status 400."""


class Store:
    """Keys by name, each a list of versions. `fault` goes wrong with the next request."""

    def __init__(self, file: Path | None = None) -> None:
        self.fault: Fault | None = None
        self._file = file
        saved = json.loads(file.read_text(encoding="ascii")) if file and file.exists() else {}
        self._keys = {name: [b64decode(version) for version in versions] for name, versions in saved.items()}

    def take_fault(self, wanted: Fault) -> bool:
        """Whether that shall happen now; it then is used up."""
        if self.fault is not wanted:
            return False
        self.fault = None
        return True

    def turn(self, name: str) -> int:
        """A new version of the key, made where it did not exist; its number."""
        self._keys.setdefault(name, []).append(AESGCM.generate_key(256))
        if self._file:
            saved = {key: [b64encode(version).decode() for version in found] for key, found in self._keys.items()}
            partial = self._file.with_suffix(".partial")
            partial.write_text(json.dumps(saved), encoding="ascii")
            partial.replace(self._file)
        return len(self._keys[name])

    def encrypt(self, name: str, plaintext: str, associated: str) -> tuple[str, int]:
        """`vault:v1:…` by the newest version, and its number; a key nobody named before is made (upsert)."""
        if name not in self._keys:
            self.turn(name)
        versions = self._keys[name]
        nonce = os.urandom(12)
        sealed = AESGCM(versions[-1]).encrypt(nonce, _decoded(plaintext), _decoded(associated))
        return f"vault:v{len(versions)}:{b64encode(nonce + sealed).decode()}", len(versions)

    def decrypt(self, name: str, ciphertext: str, associated: str) -> str:
        """Base64. Raises: Refused in the engine's words."""
        parts = ciphertext.split(":")
        versions = self._keys.get(name)
        if versions is None:
            raise Refused("encryption key not found")
        if len(parts) != 3 or parts[0] != "vault" or not parts[1][1:].isdecimal():
            raise Refused("invalid ciphertext: no prefix")
        if not 1 <= int(parts[1][1:]) <= len(versions):
            raise Refused("invalid ciphertext: version is too new")
        raw = _decoded(parts[2])
        try:
            plain = AESGCM(versions[int(parts[1][1:]) - 1]).decrypt(raw[:12], raw[12:], _decoded(associated))
        except (InvalidTag, ValueError) as error:
            raise Refused("cipher: message authentication failed") from error
        return b64encode(plain).decode()


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise Refused("failed to base64-decode") from error
