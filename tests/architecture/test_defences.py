"""What the browser is told on every route, and what no request gets: the table of docs/explain/security.md points here.

Values are those of OWASP ASVS 5.0, chapters 3, 4 and 13.
"""

import runpy
import tomllib

import pytest
from django.test import Client
from django.utils import translation

from madoguchi.kernel.accounts import actions
from madoguchi.kernel.accounts.testing import PASSWORD, make_staff, signed_in
from madoguchi.lib import clock, totp
from tests.architecture.scene import addresses
from tests.architecture.test_routes import routes

YEAR_S = 31_536_000
SECRET = totp.new_secret()
HTTPS = [
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_NAME",
    "SECURE",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_PROXY_SSL_HEADER",
]
MAIL = "ui/layouts/email/"  # the gallery shows a mail as it goes out: styles stand in its elements
FRAMED = {
    "plan/charts/status/",
    "plan/charts/measures/<slug:key>/",
}  # charts for other sites: services/plan/chart_views
OPEN = [address for address, _ in routes() if not address.startswith("static/")]


@pytest.fixture(autouse=True)
def _the_language_of_the_next_test():
    yield
    translation.deactivate()  # a page in English leaves its language to the thread


@pytest.fixture
def fill(resident):
    examples = addresses(resident)
    return lambda address: f"/{address}" if address.startswith("api/") else examples(address)


@pytest.fixture
def on_https(settings, monkeypatch, root):
    """The settings of an installation whose SITE_URL is https."""
    monkeypatch.setenv("DEMONSTRATION", "1")
    monkeypatch.setenv("SITE_URL", "https://madoguchi.example.lg.jp")
    read = runpy.run_path(str(root / "src/madoguchi/project/settings.py"))
    for name in HTTPS:
        setattr(settings, name, read[name])


def test_every_answer_carries_the_headers_that_hold_a_browser_back(fill, resident, staff_clerk):
    for client in (Client(), signed_in(resident), signed_in(staff_clerk)):
        for address in OPEN:
            answer = client.get(fill(address))
            policy = answer.get("Content-Security-Policy", "")
            frame = "*; " if address in FRAMED else "'none'"
            for rule in ("object-src 'none'", "base-uri 'none'", f"frame-ancestors {frame}"):
                assert rule in f"{policy}; ", f"{address}: {policy}"
            assert (answer.get("X-Frame-Options") == "DENY") is (address not in FRAMED), address
            assert "unsafe" not in policy or address == MAIL, address
            assert answer.get("X-Content-Type-Options") == "nosniff", address
            assert answer.get("Referrer-Policy") == "same-origin", address
            assert answer.get("Cross-Origin-Opener-Policy") == "same-origin", address
            assert "Access-Control-Allow-Origin" not in answer, address


def test_every_answer_says_its_type_and_every_text_its_encoding(fill, resident, staff_clerk):
    for client in (Client(), signed_in(resident), signed_in(staff_clerk)):
        for address in OPEN:
            answer = client.get(fill(address))
            kind = answer.get("Content-Type", "")
            assert kind or not answer.content, address
            if kind.startswith("text/"):
                assert "charset=utf-8" in kind.lower(), f"{address}: {kind}"


def test_on_https_every_cookie_is_bound_to_this_host_and_out_of_reach_of_scripts(on_https, example_city):
    person = make_staff("citizens", "clerk")
    actions.give_totp(person, secret=SECRET, now=clock.now(), actor=None)
    browser = Client()
    browser.get("/language/en/", secure=True)
    browser.get("/accounts/staff/", secure=True)
    browser.post("/accounts/staff/", {"username": person.username, "password": PASSWORD}, secure=True)
    browser.post("/accounts/staff/second/", {"code": totp.code_at(SECRET, clock.now())}, secure=True)
    assert browser.get("/staff/", secure=True).status_code == 200
    assert set(browser.cookies) == {"__Host-sessionid", "__Host-csrftoken", "__Host-language"}
    for name, cookie in browser.cookies.items():
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name


def test_on_https_browsers_are_told_to_stay_there_for_a_year_with_all_names_below(on_https, example_city):
    for address in ("/", "/staff/", "/no-such-page/", "/api/v1/surveys/surveys"):
        told = Client().get(address, secure=True)["Strict-Transport-Security"]
        assert told == f"max-age={YEAR_S}; includeSubDomains", address


def test_a_form_of_another_site_is_refused_on_every_route_that_takes_posts(fill, resident, staff_clerk):
    for person in (resident, staff_clerk):
        browser = signed_in(person)
        browser.handler.enforce_csrf_checks = True
        for address in OPEN:
            if not address.startswith(("api/", "notices/stop/")):  # RFC 8058: a signed address instead
                assert browser.post(fill(address)).status_code in {403, 302, 405}, address


def test_trace_is_answered_nowhere(fill, resident, staff_clerk):
    for client in (Client(), signed_in(resident), signed_in(staff_clerk)):
        for address in OPEN:
            assert client.trace(fill(address)).status_code == 405, address


def test_a_host_that_is_not_ours_is_refused(settings, example_city):
    settings.ALLOWED_HOSTS = ["madoguchi.example.lg.jp"]
    assert Client().get("/", headers={"host": "madoguchi.example.lg.jp"}).status_code == 200
    assert Client().get("/", headers={"host": "elsewhere.example.com"}).status_code == 400


def test_a_refusal_stands_in_the_log_with_who_was_refused_and_where(staff_clerk, caplog):
    signed_in(staff_clerk).get("/audit/")
    (line,) = [record.fields for record in caplog.records if record.name == "madoguchi.security"]
    assert line == {"method": "GET", "route": "audit:trail", "person": staff_clerk.pk}


def test_a_sign_in_that_failed_stands_in_the_log_without_what_was_typed(staff_clerk, caplog):
    Client().post("/accounts/staff/", {"username": staff_clerk.username, "password": "not-the-right-password"})
    (line,) = [record.fields for record in caplog.records if record.name == "madoguchi.security"]
    assert line == {"route": "accounts:staff_sign_in", "code": "accounts.wrong_password"}


def test_no_form_takes_all_fields_of_a_model(source_files):
    assert [path.name for path in source_files if 'fields = "__all__"' in path.read_text(encoding="utf-8")] == []


def test_scripts_write_text_and_keep_nothing_in_the_browser(root):
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "localStorage")
    forbidden += ("sessionStorage", "indexedDB", "postMessage", "new Function", "__proto__")
    scripts = list((root / "src").rglob("static/**/*.js"))
    assert len(scripts) > 5
    assert [(path.name, word) for path in scripts for word in forbidden if word in path.read_text("utf-8")] == []


def test_dangerous_functions_are_refused_by_the_linter(root):
    """`S` is flake8-bandit: eval, exec, pickle, yaml.load, shells, weak hashes, requests without verification."""
    chosen = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]["select"]
    assert "S" in chosen


def test_passwords_are_kept_with_as_many_rounds_as_owasp_asks_for():
    """OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256 with 600,000 iterations or more."""
    from django.conf import global_settings
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    from madoguchi.project import settings

    assert not hasattr(settings, "PASSWORD_HASHERS")  # Django's own order holds
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000


def test_the_sessions_of_somebody_who_left_are_worth_nothing(staff_clerk):
    browser = signed_in(staff_clerk)
    assert browser.get("/staff/").status_code == 200
    staff_clerk.is_active = False
    staff_clerk.save()
    assert browser.get("/staff/")["Location"].startswith("/accounts/staff/")


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgres://city@db.example.lg.jp/city", "require"),
        ("postgres://city@db.example.lg.jp/city?sslmode=verify-full", "verify-full"),
        ("postgres://city@127.0.0.1/city", None),
        ("postgres:///city", None),
    ],
)
def test_the_database_across_a_network_is_never_spoken_to_in_clear_text(url, mode, tmp_path):
    from madoguchi.project.databases import database

    assert database(url, tmp_path / "unused")["OPTIONS"].get("sslmode") == mode


@pytest.mark.parametrize(("host", "sealed"), [("mail.example.lg.jp", True), ("localhost", False), ("", False)])
def test_mail_leaves_the_machine_with_tls_unless_somebody_says_otherwise(host, sealed, monkeypatch, root):
    monkeypatch.setenv("DEMONSTRATION", "1")
    monkeypatch.setenv("EMAIL_HOST", host)
    assert runpy.run_path(str(root / "src/madoguchi/project/settings.py"))["EMAIL_USE_TLS"] is sealed


def test_the_gallery_of_parts_is_open_in_demonstrations_only(settings, root):
    def names():
        found = runpy.run_path(str(root / "src/madoguchi/portal/urls.py"))["urlpatterns"]
        return {route.name for route in found if "gallery" in route.name}

    assert names()
    settings.DEMONSTRATION = settings.DEBUG = False
    assert names() == set()


def test_xml_parts_of_a_workbook_cannot_pull_in_other_files():
    """openpyxl reads with defusedxml where it is installed; requirements.lock installs it."""
    from openpyxl import DEFUSEDXML
    from openpyxl.xml.functions import fromstring

    assert DEFUSEDXML
    with pytest.raises(ValueError, match="EntitiesForbidden"):
        fromstring('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>')
