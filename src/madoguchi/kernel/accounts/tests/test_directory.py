"""Staff through the city's own provider, over the real protocol: what it vouches for, and what it does not."""

from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser
from joserfc.jwk import ECKey, KeySet

from madoguchi.kernel.accounts import actions, oidc
from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.accounts.testing import make_staff
from madoguchi.kernel.audit.public import history
from madoguchi.lib import clock, totp
from madoguchi.standins.identity.client import Client
from madoguchi.standins.identity.faults import Fault
from madoguchi.standins.identity.testing import listening, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_city")]
RETURN = "http://localhost:8000/accounts/staff/directory/return/"
NUMBER = "窓口 花子"  # the stand-in tells a name; here the city has it tell the number in that claim


@pytest.fixture
def provider(tmp_path, settings):
    key = tmp_path / "client.pem"
    oidc.ensure_client_key(key)
    public = ECKey.import_key(ECKey.import_key(key.read_bytes()).as_dict(private=False))
    settings.SITE_URL = "http://localhost:8000"
    oidc._client.cache_clear()
    with listening(Client("madoguchi", RETURN, lambda: KeySet([public]))) as listener:
        settings.OIDC_STAFF = {
            "issuer": listener.provider.issuer,
            "client_id": "madoguchi",
            "client_key": key,
            "scope": "openid name",
            "algorithms": ["ES256"],
            "number_claim": "name",
            "strong_acr": {"aal3"},
        }
        yield listener.provider
    oidc._client.cache_clear()


@pytest.fixture
def staff():
    person = make_staff("citizens", "clerk")
    Person.objects.filter(pk=person.pk).update(username=NUMBER)
    return Person.objects.get(pk=person.pk)


def sign_in(browser: Browser, *, way: str = "card", next_url: str = "/procedures/desk/"):
    answer = browser.post("/accounts/staff/directory/", {"next": next_url})
    assert answer.status_code == 302
    parts = urlsplit(visit(answer["Location"], way=way))
    return browser.get(f"{parts.path}?{parts.query}")


def test_a_strong_proof_of_the_city_opens_the_desk(provider, staff):
    browser = Browser()
    assert sign_in(browser)["Location"] == "/procedures/desk/"
    assert browser.get("/procedures/desk/").status_code == 200
    line = history(staff).last()
    assert (line.verb, line.detail["way"]) == ("accounts.staff.signed_in", "directory")


def test_a_password_there_still_needs_the_second_factor_here(provider, staff, settings):
    settings.OIDC_STAFF = {**settings.OIDC_STAFF, "strong_acr": set()}
    secret = totp.new_secret()
    actions.give_totp(staff, secret=secret, now=clock.now(), actor=None)
    browser = Browser()
    assert sign_in(browser)["Location"] == "/accounts/staff/second/"
    assert browser.get("/procedures/desk/").status_code == 302
    code = totp.code_at(secret, clock.now())
    assert browser.post("/accounts/staff/second/", {"code": code})["Location"] == "/procedures/desk/"


def test_somebody_the_city_knows_and_we_do_not_is_told_so(provider):
    answer = sign_in(Browser())
    assert answer.status_code == 400
    assert "この窓口に登録がありません" in answer.text
    assert not Person.objects.exists()


def test_a_person_who_left_does_not_come_in(provider, staff):
    Person.objects.filter(pk=staff.pk).update(is_active=False)
    assert sign_in(Browser()).status_code == 400


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
        Fault.OTHER_SUBJECT,
    ],
)
def test_an_answer_that_does_not_hold_signs_nobody_in(provider, staff, fault):
    browser = Browser()
    provider.fault = fault
    assert sign_in(browser).status_code == 400
    assert "_auth_user_id" not in browser.session


def test_whoever_is_signed_in_goes_there_to_prove_it_anew(provider, staff):
    browser = Browser()
    sign_in(browser)
    asked = browser.post("/accounts/staff/directory/", {"next": "/accounts/password/"})["Location"]
    assert "prompt=login" in asked
    provider.fault = Fault.OLD_SIGN_IN
    assert sign_in(browser, next_url="/accounts/password/").status_code == 400


def test_without_a_provider_there_is_no_button_and_no_address(settings, db):
    settings.OIDC_STAFF = {**settings.OIDC_STAFF, "issuer": ""}
    assert "市の認証基盤" not in Browser().get("/accounts/staff/").text
    assert Browser().post("/accounts/staff/directory/").status_code == 404
    assert Browser().get("/accounts/staff/directory/return/").status_code == 404
