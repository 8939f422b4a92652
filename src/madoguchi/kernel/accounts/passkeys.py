"""Passkeys (WebAuthn level 2): challenges and answers. fido2 does the protocol; the state waits in the session."""

import json
from base64 import b64decode, b64encode
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from madoguchi.kernel.accounts.errors import PasskeyNotAccepted
from madoguchi.kernel.vault.public import blind_index

# A person must be present and known to the device (PIN, finger): then a passkey alone is two factors.
VERIFIED = UserVerificationRequirement.REQUIRED


def _server() -> Fido2Server:
    host = urlsplit(settings.SITE_URL).hostname or ""
    party = PublicKeyCredentialRpEntity(id=host, name="窓口")
    return Fido2Server(party, verify_origin=lambda origin: origin == settings.SITE_URL)


def ask_to_register(*, handle: bytes, name: str, known: list[str]) -> tuple[dict[str, Any], Any]:
    """Options for the browser, and the state to keep until the answer."""
    user = PublicKeyCredentialUserEntity(id=handle, name=name, display_name=name)
    options, state = _server().register_begin(
        user,
        [read(secret) for secret in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
    )
    return dict(options.public_key), state


def registered(state: Any, answer: str) -> str:
    """The new credential as text to seal. Raises: PasskeyNotAccepted."""
    try:
        done = _server().register_complete(state, RegistrationResponse.from_dict(json.loads(answer)))
    except Exception as error:  # whatever a foreign device sent
        raise PasskeyNotAccepted from error
    if done.credential_data is None:
        raise PasskeyNotAccepted
    return b64encode(done.credential_data).decode()


def ask(known: list[str]) -> tuple[dict[str, Any], Any]:
    """Options for the browser; with nothing known the device offers what it holds for this site."""
    options, state = _server().authenticate_begin([read(secret) for secret in known], user_verification=VERIFIED)
    return dict(options.public_key), state


def index_of_answer(answer: str) -> str:
    """Which credential answered. Raises: PasskeyNotAccepted."""
    try:
        return _index(AuthenticationResponse.from_dict(json.loads(answer)).raw_id)
    except Exception as error:
        raise PasskeyNotAccepted from error


def count_of(state: Any, answer: str, secret: str) -> int:
    """The signature count of a right answer, 0 where the device does not count. Raises: PasskeyNotAccepted."""
    try:
        response = AuthenticationResponse.from_dict(json.loads(answer))
        _server().authenticate_complete(state, [read(secret)], response)
        return int(response.response.authenticator_data.counter)
    except Exception as error:
        raise PasskeyNotAccepted from error


def read(secret: str) -> AttestedCredentialData:
    return AttestedCredentialData(b64decode(secret))


def index_of(secret: str) -> str:
    return _index(read(secret).credential_id)


def _index(credential_id: bytes) -> str:
    return blind_index(credential_id.hex(), context="accounts.factor.credential")
