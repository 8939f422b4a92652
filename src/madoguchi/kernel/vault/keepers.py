"""Who wraps the data keys: a key file of this machine, or a key store that never gives its key away."""

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from madoguchi.kernel.vault.errors import CannotUnwrap, KeeperAway
from madoguchi.kernel.vault.keyfile import KEY_BYTES, key_ring

NONCE_BYTES = 12
TIMEOUT_S = (3, 5)  # to connect, to answer


class Keeper(Protocol):
    """Wraps and unwraps data keys. `context` is authenticated: a wrapped key does not open under another name."""

    @property
    def name(self) -> str: ...
    def wrap(self, key: bytes, *, context: str) -> str: ...
    def unwrap(self, wrapped: str, *, context: str) -> bytes: ...


def keeper() -> Keeper:
    """The one that wraps from now on."""
    return KeyStore() if settings.KMS_URL else KeyFile()


def keeper_of(wrapped: str) -> Keeper:
    """The one that wrapped this; a city that moves to a key store has both for a while."""
    return KeyStore() if wrapped.startswith(KeyStore.PREFIX) else KeyFile()


class KeyFile:
    """The current key of `vault.json`. What wraps is derived from it, for the first ring sealed values with it."""

    @property
    def name(self) -> str:
        return f"file {key_ring().current}"

    def wrap(self, key: bytes, *, context: str) -> str:
        name, nonce = key_ring().current, os.urandom(NONCE_BYTES)
        sealed = AESGCM(self._key(name)).encrypt(nonce, key, context.encode())
        return f"{name}:{b64encode(nonce + sealed).decode()}"

    def unwrap(self, wrapped: str, *, context: str) -> bytes:
        """The data key. Raises: CannotUnwrap."""
        name, _, rest = wrapped.partition(":")
        raw = b64decode(rest)
        try:
            return AESGCM(self._key(name)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError) as error:
            raise CannotUnwrap(f"{context} was not wrapped by key {name} of the key file") from error

    def _key(self, name: str) -> bytes:
        if name not in key_ring().keys:
            key_ring.cache_clear()  # turned by another process
        key = key_ring().keys.get(name)
        if key is None:
            raise CannotUnwrap(f"the key file has no key {name}: restore the one that belongs to this database")
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"madoguchi vault wrapping").derive(key)


class KeyStore:
    """The Transit engine of HashiCorp Vault or OpenBao over HTTP: `POST /v1/<mount>/encrypt/<key>` and `decrypt`.

    The key stays there; the token may encrypt and decrypt with this one key, and needs no other right.
    """

    PREFIX = "vault:"

    @property
    def name(self) -> str:
        return f"store {settings.KMS_KEY}"

    def wrap(self, key: bytes, *, context: str) -> str:
        """By the newest version of the store's key. Raises: KeeperAway."""
        wrapped = self._ask("encrypt", context, plaintext=b64encode(key).decode()).get("ciphertext")
        if not isinstance(wrapped, str) or not wrapped.startswith(self.PREFIX):
            raise KeeperAway("it answered without a ciphertext")
        if self.unwrap(wrapped, context=context) != key:  # a key that would not come back is never used
            raise KeeperAway("it gave another key back than it was given")
        return wrapped

    def unwrap(self, wrapped: str, *, context: str) -> bytes:
        """The data key. Raises: KeeperAway, CannotUnwrap."""
        answer = self._ask("decrypt", context, ciphertext=wrapped).get("plaintext")
        try:
            key = b64decode(str(answer), validate=True)
        except ValueError as error:
            raise KeeperAway("it answered without a plaintext") from error
        if len(key) != KEY_BYTES:
            raise KeeperAway("it gave back something that is no key")
        return key

    def _ask(self, act: str, context: str, **content: str) -> dict[str, Any]:
        import requests  # only where there is a key store

        mount, key = settings.KMS_KEY.split("/")
        associated = b64encode(context.encode()).decode()
        try:
            with requests.post(
                f"{settings.KMS_URL}/v1/{mount}/{act}/{key}",
                json={**content, "associated_data": associated},
                headers={"X-Vault-Token": _token(Path(settings.KMS_TOKEN_FILE)), "X-Vault-Request": "true"},
                timeout=TIMEOUT_S,
                allow_redirects=False,
            ) as answer:
                if answer.status_code == requests.codes.bad_request:
                    raise CannotUnwrap(f"the key store did not {act} {context}: its key is another one")
                if answer.status_code != requests.codes.ok:
                    raise KeeperAway(f"it answered {answer.status_code}")
                return dict(answer.json()["data"])
        except (requests.RequestException, json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            raise KeeperAway(f"it did not answer as a key store does ({type(error).__name__})") from error


def _token(path: Path) -> str:
    """Read anew each time: its agent renews it."""
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise KeeperAway(f"KMS_TOKEN_FILE cannot be read ({type(error).__name__})") from error
