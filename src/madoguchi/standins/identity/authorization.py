"""The authorization request: what the provider accepts, and what it sends back or shows."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from madoguchi.standins.identity.client import Client
from madoguchi.standins.identity.errors import Refused, Shown

SCOPES = ("openid", "name", "address", "birthdate", "gender")
LEVELS = ("aal1", "aal2", "aal3")
CARD, PHONE = "card", "phone"  # ways to prove who one is
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_VISIBLE = re.compile(r"[\x20-\x7e]{1,255}")


@dataclass(frozen=True)
class Request:
    """A checked authorization request; `levels` are the acr_values we know, empty when any will do."""

    scope: tuple[str, ...]
    state: str
    nonce: str
    challenge: str
    levels: tuple[str, ...]

    @property
    def ways(self) -> tuple[str, ...]:
        """The card always; the phone unless only the card reaches what was asked."""
        return (CARD,) if self.levels and set(self.levels) == {"aal3"} else (CARD, PHONE)

    def reached(self, way: str) -> str:
        """The acr of a way; the phone reaches aal2 when aal1 is not enough. Raises: Refused."""
        if way not in self.ways:
            raise Refused("access_denied", "this way does not reach the level that was asked for")
        if way == CARD:
            return "aal3"
        return "aal1" if not self.levels or "aal1" in self.levels else "aal2"

    def fits(self, verifier: str) -> bool:
        """PKCE, RFC 7636 4.6."""
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return _VERIFIER.fullmatch(verifier) is not None and challenge == self.challenge


def read_request(query: Mapping[str, list[str]], client: Client) -> Request:
    """The request, checked in the order that decides whether the client may be told. Raises: Shown, Refused."""
    given = {name: values[0] for name, values in query.items() if len(values) == 1}
    if given.get("client_id") != client.client_id:
        raise Shown("unauthorized_client", "unknown client_id")
    if given.get("redirect_uri") != client.redirect_uri:
        raise Shown("invalid_request", "redirect_uri is not exactly the registered one")
    if len(given) != len(query):
        raise Refused("invalid_request", "a parameter comes twice")
    scope = tuple(given.get("scope", "").split())
    for holds, error, description in (
        (given.get("response_type") == "code", "unsupported_response_type", "code flow only"),
        ("request" not in given, "request_not_supported", "no request objects"),
        ("request_uri" not in given, "request_uri_not_supported", "no request objects"),
        (given.get("response_mode", "query") == "query", "invalid_request", "response_mode is query"),
        (given.get("code_challenge_method") == "S256", "invalid_request", "PKCE with S256 is required"),
        (_CHALLENGE.fullmatch(given.get("code_challenge", "")), "invalid_request", "code_challenge has 43 characters"),
        (_VISIBLE.fullmatch(given.get("state", "")), "invalid_request", "state is required"),
        (_VISIBLE.fullmatch(given.get("nonce", "")), "invalid_request", "nonce is required"),
        ("openid" in scope and not set(scope) - set(SCOPES), "invalid_scope", f"openid, and any of {SCOPES[1:]}"),
        (re.fullmatch(r"[0-9]{1,9}", given.get("max_age", "0")), "invalid_request", "max_age is a number of seconds"),
        # Nobody stays signed in here: each sign-in is new, so prompt=login and any max_age always hold, none never.
        ("none" not in given.get("prompt", "").split(), "login_required", "the person has to be asked"),
    ):
        if not holds:
            raise Refused(error, description)
    levels = tuple(level for level in given.get("acr_values", "").split() if level in LEVELS)
    return Request(
        scope=scope, state=given["state"], nonce=given["nonce"], challenge=given["code_challenge"], levels=levels
    )
