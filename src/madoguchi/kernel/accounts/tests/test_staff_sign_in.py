"""The staff door: two factors or none, a lock that also holds against the right password."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from madoguchi.kernel.accounts import actions, rules
from madoguchi.kernel.accounts.errors import LastFactor, TooManyTries, WrongCode, WrongPassword
from madoguchi.kernel.accounts.models import Attempts, Factor
from madoguchi.kernel.accounts.testing import PASSWORD, make_staff
from madoguchi.kernel.audit.public import history
from madoguchi.lib import clock, totp

pytestmark = pytest.mark.usefixtures("example_city", "quick_hasher")
NOW = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
SECRET = totp.new_secret()
DOOR = "/accounts/staff/"


@pytest.fixture
def staff():
    return make_staff("citizens", "clerk")


@pytest.fixture
def at(monkeypatch):
    """Sets the clock of the pages."""

    def move(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOW)
    return move


def first_factor(client: Client, staff, password: str = PASSWORD, **more):
    return client.post(DOOR, {"username": staff.username, "password": password, **more})


def verbs(staff) -> list[str]:
    return [line.verb for line in history(staff)]


def test_the_first_sign_in_leads_to_registering_a_second_factor_and_nothing_else_is_open(staff, at):
    client = Client()
    assert first_factor(client, staff).url == "/accounts/staff/enrol/"
    for closed in ("/staff/", "/procedures/desk/", "/accounts/factors/", "/accounts/factors/add/"):
        assert client.get(closed).url.startswith(DOOR), closed
    page = client.get("/accounts/staff/enrol/")
    secret = staff.factors.get().secret
    assert secret[:4] in page.content.decode()
    assert client.post("/accounts/staff/enrol/", {"code": "000000"}).status_code == 400
    assert client.get("/staff/").url.startswith(DOOR)
    assert client.post("/accounts/staff/enrol/", {"code": totp.code_at(secret, NOW)}).url == "/staff/"
    assert client.get("/accounts/factors/").status_code == 200
    assert verbs(staff)[-2:] == ["accounts.factor.added", "accounts.staff.signed_in"]


def test_the_password_alone_opens_nothing(staff, at):
    actions.give_totp(staff, secret=SECRET, now=NOW, actor=None)
    client = Client()
    assert first_factor(client, staff, next="/procedures/desk/").url == "/accounts/staff/second/"
    assert client.get("/procedures/desk/").url.startswith(DOOR)
    assert client.get("/accounts/staff/enrol/").url == DOOR  # who has a factor cannot register another this way
    code = totp.code_at(SECRET, NOW)
    assert client.post("/accounts/staff/second/", {"code": code}).url == "/procedures/desk/"


def test_between_the_factors_lie_at_most_ten_minutes(staff, at):
    actions.give_totp(staff, secret=SECRET, now=NOW, actor=None)
    client = Client()
    first_factor(client, staff)
    late = NOW + timedelta(minutes=11)
    at(late)
    assert client.post("/accounts/staff/second/", {"code": totp.code_at(SECRET, late)}).url == DOOR


def test_a_session_without_a_second_factor_is_refused_even_when_django_takes_it(staff):
    client = Client()
    client.force_login(staff)
    session = client.session
    session["began_at"] = session["seen_at"] = clock.now().isoformat()
    session.save()
    assert client.get("/accounts/factors/").status_code == 403


def test_the_right_password_is_refused_while_the_account_is_closed(staff, at):
    for _try in range(5):
        assert first_factor(Client(), staff, "wrong-password").status_code == 400
    refused = first_factor(Client(), staff, "wrong-password")
    assert refused.status_code == 429
    right = first_factor(Client(), staff)
    assert right.status_code == 429
    assert "9時15分まで受け付けません" in right.content.decode()  # 00:15 UTC is 09:15 in Tokyo
    assert verbs(staff).count("accounts.staff.locked") == 1
    at(NOW + timedelta(minutes=15))
    assert first_factor(Client(), staff).status_code == 302


def test_a_number_nobody_has_closes_like_any_other(at):
    for _try in range(5):
        with pytest.raises(WrongPassword):
            actions.check_password("nobody", "x", address="192.0.2.1", now=NOW)
    with pytest.raises(TooManyTries):
        actions.check_password("nobody", "x", address="192.0.2.2", now=NOW)


def test_one_address_cannot_try_one_password_on_every_number():
    for number in range(rules.PASSWORD_FROM_ADDRESS.most):
        with pytest.raises(WrongPassword):
            actions.check_password(f"n{number}", "x", address="192.0.2.1", now=NOW)
    with pytest.raises(TooManyTries):
        actions.check_password("another", "x", address="192.0.2.1", now=NOW)


def test_right_answers_do_not_add_up_to_a_lock(staff):
    for _time in range(8):
        actions.check_password(staff.username, PASSWORD, address="192.0.2.1", now=NOW)


def test_the_right_code_is_refused_while_codes_are_closed(staff):
    actions.give_totp(staff, secret=SECRET, now=NOW, actor=None)
    for _try in range(5):
        with pytest.raises(WrongCode):
            actions.check_code(staff, "12345x", now=NOW)
    with pytest.raises(TooManyTries):
        actions.check_code(staff, totp.code_at(SECRET, NOW), now=NOW)


def test_a_code_of_the_app_counts_once(staff):
    actions.give_totp(staff, secret=SECRET, now=NOW, actor=None)
    assert actions.check_code(staff, "　" + totp.code_at(SECRET, NOW), now=NOW) == "totp"
    with pytest.raises(WrongCode):
        actions.check_code(staff, totp.code_at(SECRET, NOW), now=NOW)


def test_a_recovery_code_counts_once_and_only_for_its_person(staff):
    codes = actions.new_recovery_codes(staff, now=NOW)
    assert len(set(codes)) == 10
    assert actions.check_code(staff, codes[0].upper(), now=NOW) == "recovery"
    with pytest.raises(WrongCode):
        actions.check_code(staff, codes[0], now=NOW)
    with pytest.raises(WrongCode):
        actions.check_code(make_staff("childcare", "clerk"), codes[1], now=NOW)
    again = actions.new_recovery_codes(staff, now=NOW)
    with pytest.raises(WrongCode):
        actions.check_code(staff, codes[2], now=NOW)
    assert actions.check_code(staff, again[0], now=NOW) == "recovery"


def test_a_new_phone_replaces_the_old_one(staff):
    actions.give_totp(staff, secret=SECRET, now=NOW, actor=None)
    offered = actions.offer_totp(staff, now=NOW)
    assert actions.offer_totp(staff, now=NOW).secret == offered.secret
    actions.confirm_totp(staff, totp.code_at(offered.secret, NOW), now=NOW)
    assert [factor.secret for factor in staff.factors.all()] == [offered.secret]


def test_the_last_factor_stays_and_those_of_others_are_out_of_reach(staff):
    actions.give_totp(staff, secret=SECRET, now=NOW, actor=None)
    factor = staff.factors.get()
    with pytest.raises(LastFactor):
        actions.remove_factor(factor.pk, person=staff)
    with pytest.raises(Factor.DoesNotExist):
        actions.remove_factor(factor.pk, person=make_staff("childcare", "clerk"))


def test_the_database_holds_neither_secret_nor_number_nor_address(staff, django_db_blocker):
    from django.db import connection

    actions.give_totp(staff, secret=SECRET, now=NOW, actor=None)
    with pytest.raises(WrongPassword):
        actions.check_password(staff.username, "x", address="192.0.2.77", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_factor")
        assert SECRET not in cursor.fetchone()[0]
    keys = " ".join(Attempts.objects.values_list("key", flat=True))
    assert "192.0.2" not in keys
    assert staff.username not in keys


def test_an_act_may_ask_for_the_second_factor_again(staff, at):
    actions.give_totp(staff, secret=SECRET, now=NOW, actor=None)
    client = Client()
    first_factor(client, staff)
    client.post("/accounts/staff/second/", {"code": totp.code_at(SECRET, NOW)})
    assert client.get("/accounts/password/").status_code == 200
    later = NOW + timedelta(minutes=16)
    at(later)
    assert client.get("/accounts/password/").url == "/accounts/staff/prove/?next=%2Faccounts%2Fpassword%2F"
    assert client.post("/accounts/staff/prove/", {"code": "000000", "next": "/x/"}).status_code == 400
    code = totp.code_at(SECRET, later)
    assert client.post("/accounts/staff/prove/", {"code": code, "next": "/accounts/password/"}).status_code == 302
    assert client.get("/accounts/password/").status_code == 200


def test_the_door_leads_nowhere_outside(staff, at):
    actions.give_totp(staff, secret=SECRET, now=NOW, actor=None)
    for outside in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        client = Client()
        at(clock.now() + timedelta(minutes=1))
        first_factor(client, staff, next=outside)
        answer = client.post("/accounts/staff/second/", {"code": totp.code_at(SECRET, clock.now())})
        assert answer.url == "/staff/"
