"""The OIDC client: code flow, PKCE S256, private_key_jwt. Authlib does the protocol.

Two providers are known by name: the residents' (settings `OIDC_RESIDENT`) and the city's own for staff (`OIDC_STAFF`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
from authlib.integrations.django_client import OAuth
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from requests import RequestException

from madoguchi.lib import clock
from madoguchi.lib.errors import CitizenError

RESIDENT, STAFF = "resident", "staff"
TIMEOUT_S = 10
CLOCK_SKEW = timedelta(minutes=2)
_NEXT = "sign_in_next"
_PROVED_SINCE = "sign_in_proved_since"


class SignInStopped(CitizenError):
    """Signing in did not come to an end; nothing was lost."""

    code = "accounts.sign_in_stopped"


@dataclass(frozen=True)
class Identity:
    """Who the provider says it is, how surely (1–3) and when, and where the person wanted to go."""

    issuer: str
    subject: str
    level: int
    auth_time: datetime
    name: str
    address: str
    birthdate: date
    gender: str
    next_url: str


@dataclass(frozen=True)
class StaffIdentity:
    """Whom the city's provider vouches for, whether with more than a password (`is_strong`), and when."""

    number: str
    is_strong: bool
    auth_time: datetime
    next_url: str


def ensure_client_key(path: Path) -> bool:
    """Write a new ES256 key unless `path` exists; readable by the owner only. True when it was written."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(ECKey.generate_key("P-256").as_pem(private=True))
    return True


def _configured(name: str) -> dict[str, Any]:
    found: dict[str, Any] = settings.OIDC_RESIDENT if name == RESIDENT else settings.OIDC_STAFF
    return found


class _Direct(OAuth2Session):  # type: ignore[misc] # Authlib has no types
    """Asks the addresses the provider named and follows none it is sent to from there."""

    def request(self, *args: Any, **kwargs: Any) -> Any:
        return super().request(*args, **{**kwargs, "allow_redirects": False})


@cache
def _client(name: str) -> Any:
    configured = _configured(name)
    client = OAuth().register(
        name,
        client_id=configured["client_id"],
        client_secret=ECKey.import_key(Path(configured["client_key"]).read_bytes()),
        server_metadata_url=f"{configured['issuer']}/.well-known/openid-configuration",
        client_auth_methods=[PrivateKeyJWT(alg="ES256")],
        client_kwargs={
            "scope": configured["scope"],
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "private_key_jwt",
            "default_timeout": TIMEOUT_S,
        },
    )
    client.client_cls = _Direct
    return client


def _acr(level: int) -> str:
    levels: dict[str, int] = settings.OIDC_RESIDENT["levels"]
    return next(acr for acr, reached in levels.items() if reached == level)


def start(request: HttpRequest, *, level: int, next_url: str) -> HttpResponse:
    """Send a resident to the provider; `level` 3 asks for the card anew. Raises: SignInStopped."""
    asked = {"acr_values": _acr(level), "prompt": "login"} if level > 1 else {}
    return _send(request, RESIDENT, reverse("accounts:finish"), next_url, asked)


def start_staff(request: HttpRequest, *, anew: bool, next_url: str) -> HttpResponse:
    """Send a member of staff to the city's provider; `anew` asks for a new proof. Raises: SignInStopped."""
    asked = {"prompt": "login"} if anew else {}
    return _send(request, STAFF, reverse("accounts:staff_finish"), next_url, asked)


def _send(request: HttpRequest, name: str, back: str, next_url: str, asked: dict[str, str]) -> HttpResponse:
    request.session[_NEXT] = next_url
    request.session[_PROVED_SINCE] = clock.now().isoformat() if asked else ""
    try:
        _require_own_metadata(name)
        response: HttpResponse = _client(name).authorize_redirect(request, settings.SITE_URL + back, **asked)
    except RequestException as error:
        raise _unreachable() from error
    return response


def _require_own_metadata(name: str) -> dict[str, Any]:
    """What the provider says of itself, when it says it as the issuer we know (OpenID Connect Discovery, 4.3)."""
    metadata: dict[str, Any] = _client(name).load_server_metadata()
    if metadata.get("issuer") != _configured(name)["issuer"]:
        raise _not_trusted()
    return metadata


def finish(request: HttpRequest) -> Identity:
    """Take the answer of the residents' provider and check all of it. Raises: SignInStopped."""
    with _in_words():
        answer = _answer(request, RESIDENT)
        facts = _client(RESIDENT).userinfo(token=answer.token)
        if facts["sub"] != answer.claims["sub"]:
            raise _not_trusted()
        return Identity(
            issuer=answer.claims["iss"],
            subject=answer.claims["sub"],
            level=settings.OIDC_RESIDENT["levels"][answer.claims["acr"]],
            auth_time=answer.auth_time,
            name=facts["name"],
            address=facts["address"],
            birthdate=datetime.strptime(facts["birthdate"], "%Y%m%d").replace(tzinfo=UTC).date(),
            gender=facts["gender"],
            next_url=answer.next_url,
        )


def finish_staff(request: HttpRequest) -> StaffIdentity:
    """Take the answer of the city's provider and check all of it. Raises: SignInStopped.

    The number stands in the claim the city names, in the ID token or at userinfo. Strong is an `acr` the city trusts,
    or `mfa` among the methods (RFC 8176).
    """
    with _in_words():
        answer, configured = _answer(request, STAFF), settings.OIDC_STAFF
        facts = answer.claims
        if configured["number_claim"] not in facts:
            facts = _client(STAFF).userinfo(token=answer.token)
            if facts["sub"] != answer.claims["sub"]:
                raise _not_trusted()
        return StaffIdentity(
            number=str(facts[configured["number_claim"]]),
            is_strong=answer.claims.get("acr") in configured["strong_acr"] or "mfa" in answer.claims.get("amr", []),
            auth_time=answer.auth_time,
            next_url=answer.next_url,
        )


@dataclass(frozen=True)
class _Answer:
    token: Any
    claims: Any
    auth_time: datetime
    next_url: str


def _answer(request: HttpRequest, name: str) -> _Answer:
    """The ID token of the answer, checked: signature, nonce, state, issuer, audience and how old the proof is."""
    client, configured = _client(name), _configured(name)
    next_url = request.session.pop(_NEXT, "/")
    proved_since = request.session.pop(_PROVED_SINCE, "")
    # only these algorithms, whatever the provider's own list says
    _require_own_metadata(name)["id_token_signing_alg_values_supported"] = configured["algorithms"]
    token = client.authorize_access_token(
        request,
        # Authlib alone checks neither that the token is meant for us nor that the issuer is the configured one
        claims_options={
            "iss": {"essential": True, "value": configured["issuer"]},
            "aud": {"essential": True, "value": configured["client_id"]},
        },
    )
    claims = token["userinfo"]
    auth_time = datetime.fromtimestamp(claims["auth_time"], UTC)
    if proved_since and auth_time < datetime.fromisoformat(proved_since) - CLOCK_SKEW:
        raise _not_trusted()  # prompt=login asked for a new proof, and this one is old
    return _Answer(token, claims, auth_time, next_url)


@contextmanager
def _in_words() -> Iterator[None]:
    """What goes wrong between us and the provider, as a page can tell it."""
    try:
        yield
    except MismatchingStateError as error:
        raise SignInStopped(
            what=_("本人確認の途中で時間が空いたか、別の画面で始めなおしたようです。"),
            next_step=_("もう一度はじめてください。入力した内容は保存されています。"),
        ) from error
    except RequestException as error:
        raise _unreachable() from error
    except OAuthError as error:
        if error.error == "access_denied":
            raise SignInStopped(
                what=_("本人確認をやめました。"),
                next_step=_("つづけるときは、もう一度はじめてください。窓口や郵便でも手続できます。"),
            ) from error
        raise _not_trusted() from error
    except (JoseError, KeyError, ValueError) as error:
        raise _not_trusted() from error


def _unreachable() -> SignInStopped:
    return SignInStopped(
        what=_("本人確認サービスにつながりません。"),
        next_step=_("5分ほど待ってから、もう一度お試しください。入力した内容は保存されています。"),
    )


def _not_trusted() -> SignInStopped:
    return SignInStopped(
        what=_("本人確認サービスの答えを確かめられませんでした。"),
        next_step=_("もう一度お試しください。つづくときは、窓口か電話でお知らせください。"),
    )
