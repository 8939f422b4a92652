"""Requests no browser of ours makes: each is answered with a page that says so, never with a failure."""

import re

import pytest
from django.test import Client

from madoguchi.kernel.accounts.testing import PASSWORD, signed_in
from madoguchi.kernel.audit.models import Line
from tests.architecture.scene import addresses
from tests.architecture.test_routes import routes

ELSEWHERE = [
    "//evil.example/",
    "///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/\t/evil.example",
    "\x01//evil.example",
    "/staff/\r\nSet-Cookie: a=b",
]
DOORS = [
    "/language/en/",
    "/accounts/sign-in/",
    "/accounts/sign-in/step-up/",
    "/accounts/staff/",
    "/accounts/staff/second/",
    "/accounts/staff/prove/",
    "/accounts/staff/provider/",
]


def is_of_ours(address: str) -> bool:
    return bool(re.fullmatch(r"/(?![/\\])[^\x00-\x20\\]*", address))


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_next_leads_elsewhere(wanted, example_city, staff_clerk, resident):
    for browser in (Client(), signed_in(resident), signed_in(staff_clerk)):
        for door in DOORS:
            answer = browser.get(door, {"next": wanted})
            assert answer.status_code < 500, door
            if place := answer.headers.get("Location"):
                assert is_of_ours(place), (door, place)
                assert "Set-Cookie: a" not in str(answer.cookies)
            for kept in re.findall(r'name="next" value="([^"]*)"', answer.content.decode()):
                assert is_of_ours(kept), (door, kept)


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_next_leads_elsewhere_after_the_password(wanted, staff_clerk):
    answer = Client().post(
        "/accounts/staff/", {"username": staff_clerk.username, "password": PASSWORD, "next": wanted}, follow=True
    )
    assert answer.redirect_chain
    assert all(is_of_ours(place) for place, _ in answer.redirect_chain), answer.redirect_chain


FOREIGN = [{"host": "evil.example"}, {"host": "localhost:x"}, {"host": "a b"}, {"host": "localhost@evil.example"}]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: headers["host"])
@pytest.mark.parametrize("path", ["/", "/staff/", "/accounts/sign-in/", "/no-such-page/", "/api/v1/plan/costs"])
def test_a_foreign_host_is_refused_with_a_page(headers, path, example_city, settings):
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_a_forwarded_host_is_not_believed(example_city):
    text = Client().get("/accounts/sign-in/", headers={"x-forwarded-host": "evil.example"}).content.decode()
    assert "evil" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [("/no-such-page/", 404), ("/?q=%ff", 400), ("/healthz", 200)])
def test_before_a_city_is_applied_an_error_is_still_a_page(path, status):
    answer = Client().get(path)
    assert answer.status_code == status
    assert path == "/healthz" or "<h1>" in answer.content.decode()


@pytest.mark.django_db
def test_before_a_city_is_applied_a_foreign_host_is_refused_with_a_page(settings):
    settings.ALLOWED_HOSTS = ["madoguchi.example.lg.jp"]
    answer = Client().get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()


NO_TEXT = ["/search/?q=%00", "/search/?q=%ff%fe", "/search/?%00=1", "/surveys/enter/%00/", "/%00"]


@pytest.mark.parametrize("path", NO_TEXT)
def test_an_address_that_is_no_text_is_refused(path, example_city):
    answer = Client().get(path)
    assert answer.status_code == 400
    assert "読み取れませんでした" in answer.content.decode()


@pytest.mark.parametrize("path", ["/%ff%fe/", "/procedures/%c0%ae%c0%ae/", "/about/%e3%81/"])
def test_a_path_of_broken_utf_8_leads_nowhere(path, example_city):
    assert Client().get(path).status_code == 404


PAGES = ["0", "-1", "99999999999999999999", "9" * 5000, "a", "1.5", "", "²", "１", "1e9", "None", "[]"]


@pytest.mark.parametrize("number", PAGES)
def test_absurd_page_numbers_show_a_page_there_is(number, staff_clerk, example_city):
    for path in ("/search/", "/procedures/desk/"):
        answer = signed_in(staff_clerk).get(path, {"q": "住民票", "page": number})
        assert answer.status_code == 200, path


def test_a_parameter_given_twice_is_read_as_one(example_city, staff_clerk):
    """The last one counts everywhere, for what is checked and for what is used."""
    evil = "/language/en/?next=/directory/&next=//evil.example/"
    assert Client().get(evil)["Location"] == "/"
    assert Client().get("/language/en/?next=//evil.example/&next=/directory/")["Location"] == "/directory/"
    desk = signed_in(staff_clerk)
    assert desk.get("/procedures/desk/?view=mine&view=all&page=1&page=2&number=a&number=b").status_code == 200
    form = {"username": ["nobody", staff_clerk.username], "password": ["wrong", PASSWORD]}
    form["next"] = ["//evil.example", "/staff/"]
    assert is_of_ours(Client().post("/accounts/staff/", form)["Location"])


def test_ten_thousand_parameters_are_refused(example_city, resident):
    many = "&".join(f"p{number}=1" for number in range(10_000))
    before = Line.objects.count()
    for path in ("/search/", "/api/v1/plan/costs"):
        assert Client().get(f"{path}?{many}").status_code in {200, 400}, path
    form = "application/x-www-form-urlencoded"
    for browser, path in ((Client(), "/accounts/staff/"), (signed_in(resident), "/my/email/")):
        assert browser.post(path, many, content_type=form).status_code == 400, path
    assert Line.objects.count() == before


def test_a_form_larger_than_any_of_ours_is_refused(resident):
    body = "email=" + "x" * 3_000_000
    answer = signed_in(resident).post("/my/email/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 50_000, "\xff\xfe", "", "null", '{"a": NaN}', "9" * 100_000])
def test_json_no_parser_likes_reaches_no_view(body, resident, staff_clerk):
    for browser in (signed_in(resident), signed_in(staff_clerk)):
        for path in ("/my/email/", "/accounts/factors/add/", "/surveys/enter/", "/search/missed/1/"):
            assert browser.post(path, body, content_type="application/json").status_code in {400, 403, 404}, path


@pytest.mark.parametrize(
    "kind",
    ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\xff", "text/html", "x"],
)
def test_a_body_of_no_known_shape_is_refused(kind, resident):
    assert signed_in(resident).post("/my/email/", b"--x\r\n\xff", content_type=kind).status_code == 400


def test_bad_utf_8_in_a_form_is_refused_beside_the_field(resident):
    browser = signed_in(resident)
    answer = browser.post("/my/email/", b"email=%ff%fe@example.jp", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    resident.refresh_from_db()
    assert "\ufffd" not in resident.email


def test_headers_longer_than_any_of_ours_are_answered(example_city):
    long = "\xe3" * 3000
    for name in ("Accept-Language", "X-Request-ID", "If-None-Match", "Referer", "User-Agent", "Cookie"):
        assert Client().get("/", headers={name: long}).status_code == 200, name
    assert Client().get("/", headers={"cookie": "sessionid=" + "x" * 5000}).status_code == 200
    assert Client().get("/", headers={"cookie": "sessionid=\x00'--"}).status_code == 200


ONE_CLICK = "notices/stop/<str:token>/"  # RFC 8058: the mail program posts; the token in the address is the right


def test_every_route_that_takes_posts_refuses_one_without_the_token_of_the_form(resident, staff_clerk):
    """The other half, with forms of other sites, is in tests/architecture/test_defences.py."""
    fill, before = addresses(resident), Line.objects.count()
    for person in (None, resident, staff_clerk):
        for address, _route in routes():
            if address.startswith(("api/", "static/")) or address == ONE_CLICK:
                continue
            browser = Client(enforce_csrf_checks=True)
            if person is not None:
                browser.cookies = signed_in(person).cookies
            answer = browser.post(fill(address), {"csrfmiddlewaretoken": "x" * 64})
            assert answer.status_code in {403, 302, 405}, address
            assert answer.status_code != 302 or answer["Location"].startswith("/accounts/"), address
    assert Line.objects.count() == before
