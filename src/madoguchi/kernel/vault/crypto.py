"""Sealing: AES-256-GCM with a random nonce; the context is authenticated, so a value cannot change place."""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from madoguchi.kernel.vault.keys import key_ring

NONCE_BYTES = 12


class CannotUnseal(Exception):
    """The value was not sealed here, in this place, with a key that is still on the ring."""


def seal(plain: bytes, *, context: str) -> bytes:
    """`plain` encrypted as key name, colon, nonce and ciphertext. `context` names the place, e.g. a column."""
    ring = key_ring()
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(ring.keys[ring.current]).encrypt(nonce, plain, context.encode())
    return ring.current.encode() + b":" + nonce + sealed


def unseal(sealed: bytes, *, context: str) -> bytes:
    """The plain bytes. Raises: CannotUnseal."""
    name, _, rest = sealed.partition(b":")
    key = key_ring().keys.get(name.decode("ascii", "replace"))
    if key is None:
        raise CannotUnseal(context)
    try:
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        raise CannotUnseal(context) from error


def seal_text(plain: str, *, context: str) -> str:
    return urlsafe_b64encode(seal(plain.encode(), context=context)).decode()


def unseal_text(sealed: str, *, context: str) -> str:
    return unseal(urlsafe_b64decode(sealed), context=context).decode()


def blind_index(value: str, *, context: str) -> str:
    """A keyed digest (64 hex digits) to find an exact value without storing it."""
    return hmac.new(key_ring().index_key, f"{context}\0{value}".encode(), hashlib.sha256).hexdigest()
