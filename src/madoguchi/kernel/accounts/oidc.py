"""The OIDC client for residents: code flow, PKCE S256, private_key_jwt, ES256. Authlib does the protocol."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
from authlib.integrations.django_client import OAuth
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

SCOPE = "openid name address birthdate gender"
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


def ensure_client_key(path: Path) -> bool:
    """Write a new ES256 key unless `path` exists; readable by the owner only. True when it was written."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(ECKey.generate_key("P-256").as_pem(private=True))
    return True


@cache
def _client() -> Any:
    configured: dict[str, Any] = settings.OIDC_RESIDENT
    return OAuth().register(
        "resident",
        client_id=configured["client_id"],
        client_secret=ECKey.import_key(Path(configured["client_key"]).read_bytes()),
        server_metadata_url=f"{configured['issuer']}/.well-known/openid-configuration",
        client_auth_methods=[PrivateKeyJWT(alg="ES256")],
        client_kwargs={
            "scope": SCOPE,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "private_key_jwt",
            "default_timeout": TIMEOUT_S,
        },
    )


def _acr(level: int) -> str:
    levels: dict[str, int] = settings.OIDC_RESIDENT["levels"]
    return next(acr for acr, reached in levels.items() if reached == level)


def start(request: HttpRequest, *, level: int, next_url: str) -> HttpResponse:
    """Send the person to the provider; `level` 3 asks for the card anew. Raises: SignInStopped."""
    asked = {"acr_values": _acr(level), "prompt": "login"} if level > 1 else {}
    request.session[_NEXT] = next_url
    request.session[_PROVED_SINCE] = clock.now().isoformat() if level > 1 else ""
    redirect_uri = settings.SITE_URL + reverse("accounts:finish")
    try:
        response: HttpResponse = _client().authorize_redirect(request, redirect_uri, **asked)
    except RequestException as error:
        raise _unreachable() from error
    return response


def finish(request: HttpRequest) -> Identity:
    """Take the provider's answer and check all of it. Raises: SignInStopped."""
    client, configured = _client(), settings.OIDC_RESIDENT
    next_url = request.session.pop(_NEXT, "/my/")
    proved_since = request.session.pop(_PROVED_SINCE, "")
    try:
        # only this algorithm, whatever the provider's own list says
        client.load_server_metadata()["id_token_signing_alg_values_supported"] = ["ES256"]
        token = client.authorize_access_token(
            request,
            # Authlib alone checks neither that the token is meant for us nor that the issuer is the configured one
            claims_options={
                "iss": {"essential": True, "value": configured["issuer"]},
                "aud": {"essential": True, "value": configured["client_id"]},
            },
        )
        claims = token["userinfo"]
        facts = client.userinfo(token=token)
        if facts["sub"] != claims["sub"]:
            raise _not_trusted()
        auth_time = datetime.fromtimestamp(claims["auth_time"], UTC)
        if proved_since and auth_time < datetime.fromisoformat(proved_since) - CLOCK_SKEW:
            raise _not_trusted()  # prompt=login asked for a new proof, and this one is old
        return Identity(
            issuer=claims["iss"],
            subject=claims["sub"],
            level=configured["levels"][claims["acr"]],
            auth_time=auth_time,
            name=facts["name"],
            address=facts["address"],
            birthdate=datetime.strptime(facts["birthdate"], "%Y%m%d").replace(tzinfo=UTC).date(),
            gender=facts["gender"],
            next_url=next_url,
        )
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
