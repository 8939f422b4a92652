"""The protocol: single-use codes, ES256 ID tokens, userinfo, sign-out. Refuses what the real provider refuses."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from madoguchi.standins.identity.authorization import LEVELS, SCOPES, Request, read_request
from madoguchi.standins.identity.client import Client
from madoguchi.standins.identity.errors import Refused, Shown
from madoguchi.standins.identity.faults import Fault
from madoguchi.standins.identity.people import Person

CODE_LIFETIME_S = 60
TOKEN_LIFETIME_S = 300
HOUR_S = 60 * 60


@dataclass(frozen=True)
class Grant:
    """What a code or an access token stands for; `level` is the acr that was reached, `at` seconds since 1970."""

    request: Request
    person: Person
    level: str
    at: float


@dataclass
class Provider:
    """One issuer with one registered client. Keeps everything in memory: a restart forgets codes and keys."""

    issuer: str
    client: Client
    now: Callable[[], float] = time.time
    fault: Fault | None = None
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    _codes: dict[str, Grant] = field(default_factory=dict)
    _spent: dict[str, str] = field(default_factory=dict)  # code: the access token it was changed for
    _tokens: dict[str, Grant] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def _rsa_key(self) -> RSAKey:
        return RSAKey.generate_key(2048, auto_kid=True)

    @property
    def token_endpoint(self) -> str:
        return f"{self.issuer}/protocol/openid-connect/token"

    def metadata(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0, section 3."""
        base = f"{self.issuer}/protocol/openid-connect"
        algorithms = ["ES256", "RS256"] if self.fault is Fault.WRONG_ALGORITHM else ["ES256"]
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{base}/auth",
            "token_endpoint": self.token_endpoint,
            "userinfo_endpoint": f"{base}/userinfo",
            "jwks_uri": f"{base}/certs",
            "end_session_endpoint": f"{base}/logout",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": algorithms,
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": list(SCOPES),
            "claims_supported": ["sub", "acr", "auth_time", *SCOPES[1:]],
            "acr_values_supported": list(LEVELS),
            "prompt_values_supported": ["login"],
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
        }

    def jwks(self) -> dict[str, Any]:
        keys = [self.key.as_dict(private=False, use="sig", alg="ES256")]
        if "_rsa_key" in self.__dict__:
            keys.append(self._rsa_key.as_dict(private=False, use="sig", alg="RS256"))
        return {"keys": keys}

    def take_fault(self, fault: Fault) -> bool:
        """Whether this fault was asked for; it happens once."""
        with self._lock:
            if self.fault is not fault:
                return False
            self.fault = None
        return True

    def read_request(self, query: Mapping[str, list[str]]) -> Request:
        """Raises: Shown, Refused."""
        return read_request(query, self.client)

    def grant(self, request: Request, person: Person, way: str) -> str:
        """A single-use code for what the person agreed to. Raises: Refused."""
        level = request.reached(way)
        code = secrets.token_urlsafe(24)
        with self._lock:
            self._forget()
            self._codes[code] = Grant(request, person, level, self.now())
        return code

    def _forget(self) -> None:
        """Drop what can no longer be used. The caller holds the lock."""
        oldest = self.now() - TOKEN_LIFETIME_S
        self._codes = {code: grant for code, grant in self._codes.items() if grant.at > oldest}
        self._tokens = {token: grant for token, grant in self._tokens.items() if grant.at > oldest}
        self._spent = {code: token for code, token in self._spent.items() if token in self._tokens}

    def token(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Change a code for tokens. A code that comes a second time takes its tokens with it. Raises: Refused."""
        self.client.authenticate(form, audiences=[self.token_endpoint, self.issuer], now=self.now())
        if form.get("grant_type") != "authorization_code":
            raise Refused("unsupported_grant_type", "authorization_code only")
        code = form.get("code", "")
        access = secrets.token_urlsafe(32)
        with self._lock:
            grant = self._codes.pop(code, None)
            if grant is None and code in self._spent:
                self._tokens.pop(self._spent.pop(code), None)
        if grant is None or self.now() - grant.at > CODE_LIFETIME_S:
            raise Refused("invalid_grant", "the code is unknown, used or too old")
        if form.get("redirect_uri") != self.client.redirect_uri:
            raise Refused("invalid_grant", "redirect_uri differs from the request")
        if not grant.request.fits(form.get("code_verifier", "")):
            raise Refused("invalid_grant", "code_verifier does not fit")
        with self._lock:
            self._spent[code] = access
            self._tokens[access] = grant
        answer = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": TOKEN_LIFETIME_S,
            "scope": " ".join(grant.request.scope),
        }
        return answer if self.take_fault(Fault.NO_ID_TOKEN) else {**answer, "id_token": self._id_token(grant, access)}

    def _id_token(self, grant: Grant, access: str) -> str:
        now = int(self.now())
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.issuer,
            "sub": grant.person.subject(self.client.client_id),
            "aud": self.client.client_id,
            "azp": self.client.client_id,
            "iat": now,
            "exp": now + TOKEN_LIFETIME_S,
            "auth_time": int(grant.at),
            "nonce": grant.request.nonce,
            "acr": grant.level,
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
        }
        for fault, wrong in (
            (Fault.EXPIRED, {"iat": now - 2 * HOUR_S, "exp": now - HOUR_S}),
            (Fault.WRONG_NONCE, {"nonce": "another"}),
            (Fault.WRONG_ISSUER, {"iss": "https://issuer.example/realms/other"}),
            (Fault.WRONG_AUDIENCE, {"aud": "somebody-else"}),
            (Fault.LOWER_LEVEL, {"acr": "aal1"}),
            (Fault.OLD_SIGN_IN, {"auth_time": now - HOUR_S}),
        ):
            if self.take_fault(fault):
                claims |= wrong
        if self.take_fault(Fault.WRONG_ALGORITHM):
            return jwt.encode({"alg": "RS256", "kid": self._rsa_key.kid}, claims, self._rsa_key, algorithms=["RS256"])
        key = ECKey.generate_key("P-256") if self.take_fault(Fault.WRONG_SIGNATURE) else self.key
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, key, algorithms=["ES256"])

    def userinfo(self, access: str) -> dict[str, str]:
        """The facts in scope, as flat strings. Raises: Refused."""
        grant = self._tokens.get(access)
        if grant is None or self.now() - grant.at > TOKEN_LIFETIME_S:
            raise Refused("invalid_token", "unknown or expired")
        person = grant.person
        facts = {
            "sub": person.subject(self.client.client_id),
            "name": person.name,
            "address": person.address,
            "birthdate": person.birthdate,
            "gender": person.gender,
        }
        if self.take_fault(Fault.MISSING_CLAIMS):
            del facts["address"]
        if self.take_fault(Fault.OTHER_SUBJECT):
            facts["sub"] = person.subject("somebody-else")
        return {name: value for name, value in facts.items() if name == "sub" or name in grant.request.scope}

    def sign_out(self, query: Mapping[str, str]) -> str:
        """End the access of the person the hint names; where to go then, empty for our own page. Raises: Shown.

        OpenID Connect RP-Initiated Logout 1.0. There is no session here to end.
        """
        target = query.get("post_logout_redirect_uri", "")
        if target and target != self.client.post_logout_redirect_uri:
            raise Shown("invalid_request", "post_logout_redirect_uri is not exactly the registered one")
        if hint := query.get("id_token_hint", ""):
            try:
                subject = jwt.decode(hint, self.key, algorithms=["ES256"]).claims.get("sub")
            except (JoseError, ValueError) as error:
                raise Shown("invalid_request", "id_token_hint is not one of ours") from error
            with self._lock:
                self._tokens = {
                    token: grant
                    for token, grant in self._tokens.items()
                    if grant.person.subject(self.client.client_id) != subject
                }
        return target
