"""Signing in against the stand-in over its real protocol: what comes back is believed only when all of it holds."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client as Browser
from joserfc.jwk import ECKey, KeySet

from madoguchi.kernel.accounts import oidc
from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.accounts.sessions import _LEVEL
from madoguchi.standins.identity.client import Client
from madoguchi.standins.identity.faults import Fault
from madoguchi.standins.identity.testing import listening, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_city")]
RETURN = "http://localhost:8000/accounts/sign-in/return/"


@pytest.fixture
def provider(tmp_path, settings):
    """A stand-in that knows our key, and our client pointed at it."""
    key = tmp_path / "client.pem"
    oidc.ensure_client_key(key)
    public = ECKey.import_key(ECKey.import_key(key.read_bytes()).as_dict(private=False))
    settings.SITE_URL = "http://localhost:8000"
    oidc._client.cache_clear()
    with listening(Client("madoguchi", RETURN, lambda: KeySet([public]))) as listener:
        settings.OIDC_RESIDENT = {
            "issuer": listener.provider.issuer,
            "client_id": "madoguchi",
            "client_key": key,
            "scope": "openid name address birthdate gender",
            "algorithms": ["ES256"],
            "levels": {"aal3": 3, "aal2": 2, "aal1": 1},
        }
        yield listener.provider
    oidc._client.cache_clear()


def begin(browser: Browser, level: int = 3, next_url: str = "/procedures/resident-record-copy/apply/") -> str:
    answer = browser.post("/accounts/sign-in/start/", {"level": str(level), "next": next_url})
    assert answer.status_code == 302
    return answer["Location"]


def come_back(browser: Browser, address: str):
    parts = urlsplit(address)
    return browser.get(f"{parts.path}?{parts.query}")


def test_the_request_carries_pkce_state_nonce_and_asks_for_the_card_anew(provider):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begin(Browser())).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43  # RFC 7636: base64url of a SHA-256
    assert asked["acr_values"] == "aal3"
    assert asked["prompt"] == "login"
    assert asked["scope"].split() == ["openid", "name", "address", "birthdate", "gender"]
    assert asked["state"]
    assert asked["nonce"]


def test_a_resident_signs_in_and_the_facts_are_kept_sealed(provider):
    browser = Browser()
    answer = come_back(browser, visit(begin(browser)))
    assert answer["Location"] == "/procedures/resident-record-copy/apply/"
    person = Person.objects.get()
    assert (person.name, str(person.birthdate), person.gender) == ("窓口 花子", "1992-04-15", "2")
    assert browser.session[_LEVEL] == 3
    come_back(browser, visit(begin(browser)))
    assert Person.objects.count() == 1


def test_the_phone_reaches_a_lower_level_and_the_procedure_asks_to_step_up(provider):
    browser = Browser()
    come_back(browser, visit(begin(browser, level=1), way="phone"))
    assert browser.session[_LEVEL] == 1
    answer = browser.get("/procedures/resident-record-copy/start/")
    assert urlsplit(answer["Location"]).path == "/accounts/sign-in/step-up/"


@pytest.mark.parametrize(
    "fault",
    [
        Fault.DENY,
        Fault.TOKEN_500,
        Fault.EXPIRED,
        Fault.WRONG_NONCE,
        Fault.WRONG_ISSUER,
        Fault.WRONG_AUDIENCE,
        Fault.WRONG_SIGNATURE,
        Fault.WRONG_ALGORITHM,
        Fault.OLD_SIGN_IN,
        Fault.NO_ID_TOKEN,
        Fault.MISSING_CLAIMS,
        Fault.OTHER_SUBJECT,
        Fault.USERINFO_500,
    ],
)
def test_an_answer_that_does_not_hold_signs_nobody_in(provider, fault):
    browser = Browser()
    provider.fault = fault
    answer = come_back(browser, visit(begin(browser)))
    assert answer.status_code == 400
    assert "もう一度" in answer.text
    assert "_auth_user_id" not in browser.session
    assert not Person.objects.exists()


def test_a_lower_level_than_asked_is_not_taken_for_the_higher(provider):
    browser = Browser()
    provider.fault = Fault.LOWER_LEVEL
    come_back(browser, visit(begin(browser)))
    assert browser.session[_LEVEL] == 1


def test_a_slow_provider_is_given_up_with_words(provider, monkeypatch):
    monkeypatch.setattr(oidc, "TIMEOUT_S", 0.2)
    browser = Browser()
    back = visit(begin(browser))
    provider.fault = Fault.SLOW
    answer = come_back(browser, back)
    assert answer.status_code == 400
    assert "つながりません" in answer.text


def test_the_answer_of_another_browser_is_refused(provider):
    mine, theirs = Browser(), Browser()
    begin(mine)
    answer = come_back(mine, visit(begin(theirs)))
    assert answer.status_code == 400
    assert not Person.objects.exists()


def test_a_code_signs_in_once(provider):
    browser = Browser()
    back = visit(begin(browser))
    come_back(browser, back)
    assert come_back(Browser(), back).status_code == 400


def test_no_provider_is_told_in_words(provider, settings):
    settings.OIDC_RESIDENT = {**settings.OIDC_RESIDENT, "issuer": "http://127.0.0.1:9/none"}
    answer = Browser().post("/accounts/sign-in/start/", {"level": "3", "next": "/my/"})
    assert answer.status_code == 400
    assert "つながりません" in answer.text


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_one_is_never_sent_to_another_site(provider, elsewhere):
    browser = Browser()
    assert come_back(browser, visit(begin(browser, next_url=elsewhere)))["Location"] == "/my/"


def test_a_provider_that_calls_itself_by_another_name_is_not_followed(provider, settings):
    """OpenID Connect Discovery 4.3: the issuer in the metadata has to be the one that was asked."""
    settings.OIDC_RESIDENT["issuer"] = provider.issuer.replace("localhost", "127.0.0.1")
    assert settings.OIDC_RESIDENT["issuer"] != provider.issuer
    answer = Browser().post("/accounts/sign-in/start/", {"level": "1", "next": "/my/"})
    assert answer.status_code == 400
    assert "Location" not in answer


def test_a_redirect_of_the_provider_is_not_followed(provider, settings):
    """Whoever answers in its place could lead the server anywhere (ASVS 5.0, 15.3.2)."""

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(302)
            self.send_header("Location", f"{provider.issuer}/.well-known/openid-configuration")
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.OIDC_RESIDENT["issuer"] = f"http://127.0.0.1:{server.server_port}"
        answer = Browser().post("/accounts/sign-in/start/", {"level": "1", "next": "/my/"})
        server.shutdown()
    assert answer.status_code == 400
    assert "本人確認サービスにつながりません" in answer.content.decode()
