"""The one registered client: its addresses, its public key, and the proof that a request comes from it."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from madoguchi.standins.identity.errors import Refused

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LIFETIME_S = 24 * 60 * 60  # the longest an assertion may say it lives
LOOPBACK_NAMES = {"127.0.0.1", "localhost"}
FETCH_TIMEOUT_S = 5


def is_loopback(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and parts.hostname in LOOPBACK_NAMES


def client_keys(source: str) -> Callable[[], KeySet]:
    """A reader of the client's public keys: a JWKS at a loopback address (read anew each time) or in a file, or a PEM.

    Raises: ValueError, OSError when there is no key.
    """
    if "://" in source:
        if not is_loopback(source):
            raise ValueError("keys are fetched from this machine only")
        return lambda: _key_set(_fetch(source))
    keys = _key_set(Path(source).read_bytes())
    return lambda: keys


def _fetch(address: str) -> bytes:
    with urlopen(address, timeout=FETCH_TIMEOUT_S) as answer:  # noqa: S310 - http on loopback, checked above
        content: bytes = answer.read()
    return content


def _key_set(content: bytes) -> KeySet:
    if content.lstrip().startswith(b"{"):
        return KeySet.import_key_set(json.loads(content))
    private = ECKey.import_key(content)
    return KeySet([ECKey.import_key(private.as_dict(private=False))])


@dataclass
class Client:
    """A registered client (`private_key_jwt`, RFC 7523); remembers the assertions it has seen until they run out."""

    client_id: str
    redirect_uri: str
    keys: Callable[[], KeySet]
    post_logout_redirect_uri: str = ""
    _seen: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def authenticate(self, form: Mapping[str, str], *, audiences: list[str], now: float) -> None:
        """Raises: Refused unless the form carries an assertion of this client, meant for us, fresh and never seen."""
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise Refused("invalid_client", "private_key_jwt is required")
        if form.get("client_id", self.client_id) != self.client_id:
            raise Refused("invalid_client", "another client_id than the assertion's")
        claims = self._read(form.get("client_assertion", ""))
        registry = jwt.JWTClaimsRegistry(
            now=int(now),
            iss={"essential": True, "value": self.client_id},
            sub={"essential": True, "value": self.client_id},
            aud={"essential": True, "values": list(audiences)},
            exp={"essential": True},
            jti={"essential": True},
        )
        try:
            registry.validate(claims)
        except JoseError as error:
            raise Refused("invalid_client", f"the assertion does not hold: {error.description}") from error
        if claims["exp"] > now + ASSERTION_LIFETIME_S:
            raise Refused("invalid_client", "the assertion lives longer than a day")
        self._remember(claims["jti"], until=claims["exp"], now=now)

    def _read(self, assertion: str) -> dict[str, object]:
        """The claims, if one of the registered keys signed them; a key id in the header is a hint, not a proof."""
        try:
            keys = self.keys()
        except (OSError, ValueError, JoseError) as error:
            raise Refused("invalid_client", "the registered keys cannot be read") from error
        for key in keys:
            try:
                return jwt.decode(assertion, key, algorithms=["ES256"]).claims
            except (JoseError, ValueError):
                continue
        raise Refused("invalid_client", "no registered key made this signature (ES256)")

    def _remember(self, jti: str, *, until: float, now: float) -> None:
        with self._lock:
            self._seen = {name: end for name, end in self._seen.items() if end > now}
            if jti in self._seen:
                raise Refused("invalid_client", "this assertion was used before")
            self._seen[jti] = until
