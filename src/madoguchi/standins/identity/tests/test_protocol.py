"""The stand-in refuses what RFC 6749, 7636, 7523 and OpenID Connect Core tell a provider to refuse."""

import base64
import hashlib
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from madoguchi.standins.identity.client import ASSERTION_TYPE, Client
from madoguchi.standins.identity.testing import HANAKO, Radios, listening, visit

BACK = "http://localhost:9999/return/"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
KEY = ECKey.generate_key("P-256", auto_kid=True)
TIMEOUT_S = 5


@pytest.fixture
def standin():
    public = ECKey.import_key(KEY.as_dict(private=False))
    with listening(Client("city", BACK, lambda: KeySet([public]), post_logout_redirect_uri=BACK)) as listener:
        yield listener


@pytest.fixture
def found(standin):
    return requests.get(f"{standin.provider.issuer}/.well-known/openid-configuration", timeout=TIMEOUT_S).json()


def asked(found, **changes) -> str:
    query = {
        "client_id": "city",
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "openid name address birthdate gender",
        "state": "state-1",
        "nonce": "nonce-1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "acr_values": "aal3",
    } | changes
    return f"{found['authorization_endpoint']}?{urlencode({name: text for name, text in query.items() if text})}"


def told(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def assertion(found, *, key=KEY, algorithm="ES256", **changes) -> str:
    now = int(time.time())
    claims = {
        "iss": "city",
        "sub": "city",
        "aud": found["token_endpoint"],
        "iat": now,
        "exp": now + 60,
        "jti": base64.urlsafe_b64encode(hashlib.sha256(str(time.perf_counter_ns()).encode()).digest()).decode(),
    } | changes
    return jwt.encode({"alg": algorithm}, claims, key, algorithms=[algorithm])


def change(found, granted: str, **changes) -> requests.Response:
    form = {
        "grant_type": "authorization_code",
        "code": granted,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion(found),
    } | changes
    return requests.post(found["token_endpoint"], form, timeout=TIMEOUT_S)


def test_the_whole_way_gives_four_flat_facts_and_a_signed_token(standin, found):
    answer = change(found, told(visit(asked(found)))["code"]).json()
    keys = KeySet.import_key_set(requests.get(found["jwks_uri"], timeout=TIMEOUT_S).json())
    claims = jwt.decode(answer["id_token"], keys, algorithms=["ES256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"], claims["acr"]) == (
        found["issuer"],
        "city",
        "nonce-1",
        "aal3",
    )
    bearer = {"Authorization": f"Bearer {answer['access_token']}"}
    facts = requests.get(found["userinfo_endpoint"], headers=bearer, timeout=TIMEOUT_S).json()
    assert facts == {
        "sub": HANAKO.subject("city"),
        "name": HANAKO.name,
        "address": HANAKO.address,
        "birthdate": "19920415",
        "gender": "2",
    }


def test_only_the_facts_in_scope_are_told(standin, found):
    answer = change(found, told(visit(asked(found, scope="openid birthdate")))["code"]).json()
    bearer = {"Authorization": f"Bearer {answer['access_token']}"}
    facts = requests.get(found["userinfo_endpoint"], headers=bearer, timeout=TIMEOUT_S).json()
    assert set(facts) == {"sub", "birthdate"}


@pytest.mark.parametrize("changes", [{"client_id": "other"}, {"redirect_uri": "http://localhost:9999/elsewhere/"}])
def test_an_unknown_client_or_address_is_never_redirected_to(standin, found, changes):
    answer = requests.get(asked(found, **changes), allow_redirects=False, timeout=TIMEOUT_S)
    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"state": ""}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"scope": "name"}, "invalid_scope"),
        ({"scope": "openid my_number"}, "invalid_scope"),
        ({"request_uri": "http://localhost/x"}, "request_uri_not_supported"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_wrong_request_is_told_to_the_client(standin, found, changes, error):
    answer = told(visit(asked(found, **changes)))
    assert answer["error"] == error
    assert "code" not in answer


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_verifier": "x" * 43}, "invalid_grant"),
        ({"redirect_uri": "http://localhost:9999/elsewhere/"}, "invalid_grant"),
        ({"code": "guess"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion": "x.y.z"}, "invalid_client"),
        ({"client_assertion_type": ""}, "invalid_client"),
    ],
)
def test_a_wrong_exchange_gives_no_token(standin, found, changes, error):
    answer = change(found, told(visit(asked(found)))["code"], **changes)
    assert answer.status_code in {400, 401}
    assert answer.json()["error"] == error


@pytest.mark.parametrize(
    "changes",
    [
        {"key": ECKey.generate_key("P-256")},
        {"iss": "other"},
        {"sub": "other"},
        {"aud": "https://elsewhere.example/token"},
        {"exp": int(time.time()) - 600},
        {"exp": int(time.time()) + 3 * 24 * 3600},
    ],
)
def test_an_assertion_that_does_not_hold_is_refused(standin, found, changes):
    answer = change(found, told(visit(asked(found)))["code"], client_assertion=assertion(found, **changes))
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"


def test_an_assertion_works_once(standin, found):
    same = assertion(found)
    assert change(found, told(visit(asked(found)))["code"], client_assertion=same).ok
    assert change(found, told(visit(asked(found)))["code"], client_assertion=same).status_code == 401


def test_a_code_that_comes_twice_takes_its_token_with_it(standin, found):
    code = told(visit(asked(found)))["code"]
    bearer = {"Authorization": f"Bearer {change(found, code).json()['access_token']}"}
    assert change(found, code).json()["error"] == "invalid_grant"
    assert requests.get(found["userinfo_endpoint"], headers=bearer, timeout=TIMEOUT_S).status_code == 401


def test_a_code_lives_a_minute_and_a_token_five(standin, found):
    code = told(visit(asked(found)))["code"]
    later = time.time() + 61
    standin.provider.now = lambda: later
    assert (
        change(found, code, client_assertion=assertion(found, exp=int(later) + 60)).json()["error"] == "invalid_grant"
    )


@pytest.mark.parametrize(("levels", "ways"), [("aal3", {"card"}), ("", {"card", "phone"}), ("aal2", {"card", "phone"})])
def test_only_the_card_is_offered_where_only_the_card_is_enough(standin, found, levels, ways):
    page = requests.get(asked(found, acr_values=levels), timeout=TIMEOUT_S).text
    assert set(Radios(page).found["way"]) == ways


def test_a_wrong_pin_comes_back_to_the_form_with_words_and_what_was_chosen(standin, found):
    answer = requests.post(
        asked(found), {"person": "hanako", "way": "card", "pin": "0000", "act": "agree"}, timeout=TIMEOUT_S
    )
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text or 'id="problem"' in answer.text
    assert "練習用" in answer.text


def test_faults_are_asked_for_over_http_and_happen_once(standin, found):
    base = f"http://127.0.0.1:{standin.port}/faults"
    assert requests.post(base, {"fault": "deny"}, timeout=TIMEOUT_S).json()["next"] == "deny"
    assert told(visit(asked(found)))["error"] == "access_denied"
    assert "code" in told(visit(asked(found)))
    assert requests.post(base, {"fault": "rain"}, timeout=TIMEOUT_S).status_code == 400


def test_signing_out_goes_only_to_the_registered_address(standin, found):
    def leave(**query) -> requests.Response:
        address = f"{found['end_session_endpoint']}?{urlencode(query)}"
        return requests.get(address, allow_redirects=False, timeout=TIMEOUT_S)

    assert leave(post_logout_redirect_uri=BACK, state="s").headers["Location"] == f"{BACK}?state=s"
    assert leave(post_logout_redirect_uri="https://evil.example/").status_code == 400
