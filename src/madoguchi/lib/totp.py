"""One-time codes by the clock (RFC 6238): six digits, thirty seconds, SHA-1 as every authenticator app expects."""

import base64
import secrets
from datetime import datetime
from hmac import compare_digest
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

DIGITS = 6
STEP_S = 30
DRIFT_STEPS = 1  # RFC 6238, 5.2: at most one step for a slow clock or a slow hand


def new_secret() -> str:
    """160 random bits as base32, the length RFC 4226 recommends."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, moment: datetime) -> str:
    """The code an authenticator with that base32 secret shows at that moment."""
    return _code(secret, _step(moment))


def seconds_left(moment: datetime) -> int:
    """How long the code of that moment is still shown."""
    return STEP_S - int(moment.timestamp()) % STEP_S


def matching_step(code: str, secret: str, moment: datetime, *, after: int) -> int | None:
    """The time step whose code this is, near `moment` and later than step `after`, so that none counts twice."""
    now = _step(moment)
    for step in range(max(now - DRIFT_STEPS, after + 1), now + DRIFT_STEPS + 1):
        if compare_digest(_code(secret, step), code):
            return step
    return None


def address(secret: str, *, issuer: str, account: str) -> str:
    """The `otpauth:` address an app reads from the QR code."""
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{urlencode({'secret': secret, 'issuer': issuer})}"


def _step(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP_S


def _code(secret: str, step: int) -> str:
    return HOTP(base64.b32decode(secret), DIGITS, SHA1(), enforce_key_length=False).generate(step).decode()  # noqa: S303
