"""Sealing: AES-256-GCM with a random nonce; the context is authenticated, so a value cannot change place."""

import hashlib
import hmac
import os
import secrets
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from madoguchi.kernel.vault import datakeys
from madoguchi.kernel.vault.errors import CannotUnseal
from madoguchi.kernel.vault.keyfile import KEY_BYTES
from madoguchi.kernel.vault.models import DataKey

NONCE_BYTES = 12
LONGEST_NAME = 11
ROW_KEY = "row01"  # instead of a data key's name: the key stands in the record itself, sealed by a data key


def seal(plain: bytes, *, context: str, use: str = DataKey.Use.FIELDS, row_key: str = "") -> bytes:
    """`plain` encrypted as key name, colon, nonce and ciphertext. `context` names the place, e.g. a column and row.

    With `row_key` (a `RowKeyField`'s value) the key is that record's own, and goes with it.
    """
    name, key = (ROW_KEY, b64decode(row_key)) if row_key else datakeys.current(use)
    nonce = os.urandom(NONCE_BYTES)
    return name.encode() + b":" + nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def unseal(sealed: bytes, *, context: str, row_key: str = "") -> bytes:
    """The plain bytes. Raises: CannotUnseal."""
    name, rest = name_in(sealed), sealed.partition(b":")[2]
    if name == ROW_KEY and not row_key:
        raise CannotUnseal(f"{context}: the record's own key is gone")
    key = b64decode(row_key) if name == ROW_KEY else datakeys.key_named(name)
    try:
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        raise CannotUnseal(context) from error


def new_row_key() -> str:
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def name_in(sealed: bytes) -> str:
    """Of the key that sealed it. Raises: CannotUnseal where there is none."""
    name, colon, _ = sealed[: LONGEST_NAME + 1].partition(b":")
    if not colon or not name.isascii():
        raise CannotUnseal("no key is named")
    return name.decode("ascii")


def seal_text(plain: str, *, context: str, use: str, row_key: str = "") -> str:
    return urlsafe_b64encode(seal(plain.encode(), context=context, use=use, row_key=row_key)).decode()


def unseal_text(sealed: str, *, context: str, row_key: str = "") -> str:
    return unseal(raw_of(sealed), context=context, row_key=row_key).decode()


def raw_of(sealed: str) -> bytes:
    """Raises: CannotUnseal for text that is no base64."""
    try:
        return urlsafe_b64decode(sealed)
    except ValueError as error:
        raise CannotUnseal("no sealed text") from error


def beginning(name: str) -> str:
    """How sealed text begins that names this key. Names have a length that base64 keeps whole with the colon."""
    return urlsafe_b64encode(name.encode() + b":").decode()


def blind_index(value: str, *, context: str) -> str:
    """A keyed digest (64 hex digits) to find an exact value without storing it."""
    _name, key = datakeys.current(DataKey.Use.INDEX)
    return hmac.new(key, f"{context}\0{value}".encode(), hashlib.sha256).hexdigest()
