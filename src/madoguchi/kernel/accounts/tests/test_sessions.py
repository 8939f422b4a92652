"""Sessions: seen, ended, rotated, and over in time; a shared terminal keeps nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from madoguchi.kernel.accounts import actions
from madoguchi.kernel.accounts.models import SignIn
from madoguchi.kernel.accounts.testing import PASSWORD, make_resident, make_staff, signed_in
from madoguchi.lib import clock, totp

pytestmark = pytest.mark.usefixtures("example_city", "quick_hasher")
NOW = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
SECRET = totp.new_secret()


@pytest.fixture
def at(monkeypatch):
    def move(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOW)
    return move


@pytest.fixture
def staff():
    person = make_staff("citizens", "clerk")
    actions.give_totp(person, secret=SECRET, now=NOW, actor=None)
    return person


def enter(staff, client: Client | None = None, **more) -> Client:
    client = client or Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    client.post("/accounts/staff/", {"username": staff.username, "password": PASSWORD, **more})
    done = client.post("/accounts/staff/second/", {"code": totp.code_at(SECRET, clock.now())})
    assert done.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/accounts/factors/").status_code == 200


def test_a_session_planted_before_the_sign_in_is_worth_nothing(staff, at):
    client = Client()
    client.get("/accounts/staff/")
    planted = client.session.session_key
    session = client.session
    session["planted"] = "yes"
    session.save()
    enter(staff, client)
    assert client.session.session_key != planted
    assert "planted" not in client.session
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_in(thief)


def test_a_person_sees_the_own_sessions_and_ends_one(staff, at):
    here = enter(staff)
    at(NOW + timedelta(minutes=1))
    there = enter(staff)
    page = here.get("/accounts/sessions/").content.decode()
    assert page.count("Firefox / Linux") == 3  # twice on show, once for screen readers
    other = SignIn.objects.get(session_key=there.session.session_key)
    assert here.post(f"/accounts/sessions/{other.pk}/end/").status_code == 302
    assert not is_in(there)
    assert is_in(here)


def test_nobody_ends_the_session_of_another(staff, at):
    mine = enter(staff)
    sign_in = SignIn.objects.get(session_key=mine.session.session_key)
    assert signed_in(make_resident()).post(f"/accounts/sessions/{sign_in.pk}/end/").status_code == 404
    assert is_in(mine)


def test_all_others_end_at_once(staff, at):
    here = enter(staff)
    at(NOW + timedelta(minutes=1))
    there = enter(staff)
    here.post("/accounts/sessions/others/end/")
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_new_password_ends_every_other_session(staff, at):
    here = enter(staff)
    at(NOW + timedelta(minutes=1))
    there = enter(staff)
    new = "neue-lange-parole-2026"
    answer = here.post("/accounts/password/", {"old": PASSWORD, "new": new})
    assert answer.status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert SignIn.objects.filter(ended_at=None).get().session_key == here.session.session_key
    assert here.post("/accounts/password/", {"old": "x", "new": new}).status_code == 400
    assert here.post("/accounts/password/", {"old": new, "new": "short"}).status_code == 400


def test_the_old_password_cannot_be_tried_without_end(staff, at):
    client = enter(staff)
    for _try in range(5):
        assert client.post("/accounts/password/", {"old": "x", "new": "neue-lange-parole"}).status_code == 400
    refused = client.post("/accounts/password/", {"old": PASSWORD, "new": "neue-lange-parole"})
    assert refused.status_code == 400
    assert "受け付けません" in refused.text
    staff.refresh_from_db()
    assert staff.check_password(PASSWORD)


def test_staff_sessions_end_after_half_an_hour_without_an_act(staff, at):
    client = enter(staff)
    at(NOW + timedelta(minutes=29))
    assert is_in(client)
    at(NOW + timedelta(minutes=58))
    assert is_in(client)
    at(NOW + timedelta(minutes=89))
    assert not is_in(client)
    assert SignIn.objects.get().ended_at == NOW + timedelta(minutes=89)


def test_no_session_outlives_the_working_day(staff, at):
    client = enter(staff)
    for minutes in range(0, 600, 25):
        at(NOW + timedelta(minutes=minutes))
        assert is_in(client)
    at(NOW + timedelta(minutes=601))
    assert not is_in(client)


def test_a_shared_terminal_ends_after_ten_minutes_and_its_cookie_with_the_window(staff, at):
    client = enter(staff, shared="on")
    assert client.cookies["sessionid"]["max-age"] == ""
    at(NOW + timedelta(minutes=11))
    assert not is_in(client)


def test_signing_out_leaves_nothing_in_the_browser_and_on_the_server(at):
    client = signed_in(make_resident())
    page = client.get("/my/")
    assert "no-store" in page["Cache-Control"]
    key = client.session.session_key
    out = client.post("/accounts/sign-out/")
    assert out.status_code == 200
    assert out["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    back = Client()
    back.cookies["sessionid"] = key
    assert back.get("/my/").status_code == 302


def test_a_resident_keeps_the_session_for_an_hour_without_an_act(at):
    client = signed_in(make_resident())
    at(NOW + timedelta(minutes=59))
    assert client.get("/my/").status_code == 200
    at(NOW + timedelta(minutes=120))
    assert client.get("/my/").url.startswith("/accounts/sign-in/")


def test_a_clock_set_back_ends_the_session_instead_of_prolonging_it(staff, at):
    client = enter(staff)
    at(NOW - timedelta(hours=1))
    assert not is_in(client)


def test_what_is_beyond_its_retention_is_forgotten_and_nothing_else(staff, at):
    from django.contrib.sessions.models import Session

    from madoguchi.kernel.accounts.models import Attempts

    client = enter(staff)
    Attempts.objects.create(key="k" * 64, since=NOW)
    Session.objects.update(expire_date=NOW + timedelta(days=2))
    gone = actions.forget_old(now=NOW + timedelta(hours=23))
    assert (gone.tries, gone.sign_ins) == (0, 0)
    gone = actions.forget_old(now=NOW + timedelta(hours=25))
    assert gone.tries >= 1
    assert not Attempts.objects.exists()
    assert SignIn.objects.filter(session_key=client.session.session_key).exists()
    gone = actions.forget_old(now=NOW + timedelta(days=367))
    assert (gone.sessions, gone.sign_ins) == (1, 1)
