"""Posts with dates, invitations, and why somebody may see something."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from madoguchi.kernel.accounts import actions
from madoguchi.kernel.accounts.errors import InvitationNotValid, NotAllowed, PostNotPossible, TooManyTries
from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.accounts.permissions import grants, may, require
from madoguchi.kernel.accounts.testing import PASSWORD, make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.lib import totp

pytestmark = pytest.mark.usefixtures("example_city", "quick_hasher")
NOW = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
SECRET = totp.new_secret()


@pytest.fixture
def administrator():
    return make_staff("planning", "administrator")


@pytest.fixture
def clerk():
    return make_staff("citizens", "clerk")


def grant(person, actor, role="viewer", section="childcare", start=TODAY, end=None):
    return actions.grant_post(
        person, section_key=section, role_key=role, valid_from=start, valid_until=end, actor=actor
    )


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_a_post_holds_from_its_first_day_to_its_last(administrator, clerk):
    grant(clerk, administrator, start=date(2026, 12, 1), end=date(2026, 12, 31))
    for day, sections in (
        (date(2026, 11, 30), {"citizens"}),
        (date(2026, 12, 1), {"citizens", "childcare"}),
        (date(2026, 12, 31), {"citizens", "childcare"}),
        (date(2027, 1, 1), {"citizens"}),
    ):
        assert {found.section_key for found in grants(fresh(clerk), on=day)} == sections, day


def test_the_same_post_twice_at_a_time_is_refused(administrator, clerk):
    grant(clerk, administrator, start=date(2026, 12, 1), end=date(2026, 12, 31))
    for start, end in ((date(2026, 12, 31), None), (date(2026, 11, 1), date(2026, 12, 1)), (date(2026, 12, 5), None)):
        with pytest.raises(PostNotPossible):
            grant(clerk, administrator, start=start, end=end)
    grant(clerk, administrator, start=date(2027, 1, 1))
    with pytest.raises(PostNotPossible):
        grant(clerk, administrator, section="library", start=date(2027, 1, 2), end=date(2027, 1, 1))


def test_nobody_gives_a_post_to_oneself_or_beyond_the_own_reach(administrator, clerk):
    with pytest.raises(NotAllowed):
        grant(administrator, administrator)
    with pytest.raises(NotAllowed):
        grant(make_staff("childcare", "clerk"), clerk)


def test_a_post_ends_on_a_day_within_its_time(administrator, clerk):
    post = grant(clerk, administrator)
    with pytest.raises(PostNotPossible):
        actions.end_post(post.pk, last_day=TODAY - timedelta(days=1), actor=administrator)
    actions.end_post(post.pk, last_day=TODAY, actor=administrator)
    with pytest.raises(PostNotPossible):
        actions.end_post(post.pk, last_day=TODAY + timedelta(days=9), actor=administrator)
    with pytest.raises(NotAllowed):
        actions.end_post(post.pk, last_day=TODAY, actor=clerk)
    assert [line.verb for line in history(clerk)][-2:] == ["accounts.post.granted", "accounts.post.ended"]


def test_an_act_keeps_the_post_it_was_done_under(clerk):
    post = require(clerk, "procedures.case.decide", clerk.posts.get())
    assert (post.section_key, post.role_key) == ("citizens", "clerk")


def test_an_invitation_opens_once_and_leads_to_a_second_factor(administrator, client):
    person, code = actions.invite("1042", name="見本 すず（架空）", actor=administrator, now=NOW)
    with pytest.raises(InvitationNotValid):
        actions.accept_invitation("1042", "wrong", password=PASSWORD, now=NOW)
    with pytest.raises(InvitationNotValid):
        actions.accept_invitation("1042", code, password=PASSWORD, now=NOW + timedelta(hours=73))
    assert actions.accept_invitation("1042", code.upper(), password=PASSWORD, now=NOW) == person
    with pytest.raises(InvitationNotValid):
        actions.accept_invitation("1042", code, password="another-password", now=NOW)
    assert actions.check_password("1042", PASSWORD, address="192.0.2.1", now=NOW) == person
    with pytest.raises(PostNotPossible):
        actions.invite("1042", name="別人", actor=administrator, now=NOW)


def test_codes_of_invitations_cannot_be_tried_without_end(administrator):
    _person, code = actions.invite("1042", name="見本", actor=administrator, now=NOW)
    for _try in range(5):
        with pytest.raises(InvitationNotValid):
            actions.accept_invitation("1042", "0" * 20, password=PASSWORD, now=NOW)
    with pytest.raises(TooManyTries):
        actions.accept_invitation("1042", code, password=PASSWORD, now=NOW)


def test_a_lost_device_is_reset_by_somebody_else_and_everything_old_stops(administrator, clerk):
    actions.give_totp(clerk, secret=SECRET, now=NOW, actor=None)
    browser = signed_in(clerk)
    with pytest.raises(NotAllowed):
        actions.reset_sign_in(administrator, actor=administrator, now=NOW)
    with pytest.raises(NotAllowed):
        actions.reset_sign_in(administrator, actor=clerk, now=NOW)
    code = actions.reset_sign_in(clerk, actor=administrator, now=NOW)
    assert not clerk.factors.exists()
    assert browser.get("/staff/").status_code == 302
    actions.accept_invitation(clerk.username, code, password="neue-lange-parole", now=NOW)
    assert history(clerk).filter(verb="accounts.staff.reset", actor=f"accounts.person:{administrator.pk}").exists()


def test_an_administrator_opens_a_locked_account(administrator, clerk):
    from madoguchi.kernel.accounts.errors import WrongPassword

    for _try in range(5):
        with pytest.raises(WrongPassword):
            actions.check_password(clerk.username, "x", address="192.0.2.1", now=NOW)
    with pytest.raises(TooManyTries):
        actions.check_password(clerk.username, PASSWORD, address="192.0.2.1", now=NOW)
    actions.open_again(clerk, actor=administrator)
    assert actions.check_password(clerk.username, PASSWORD, address="192.0.2.1", now=NOW) == clerk


def test_the_page_says_why(clerk):
    page = signed_in(clerk).get("/accounts/rights/?permission=procedures.case.decide").content.decode()
    assert "補正を求め、承認・不承認を決める" in page
    assert "市民課 担当" in page
    assert "R2.4.1" in page  # the post of make_staff begins on 1 April 2020


def test_people_and_posts_through_the_pages(administrator, clerk):
    browser = signed_in(administrator)
    assert clerk.username in browser.get("/accounts/people/?q=clerk").content.decode()
    day = {"era": "令和", "year": "8", "month": "12", "day": "1"}
    sent = {f"valid_from_{part}": value for part, value in day.items()}
    address = f"/accounts/people/{clerk.uid}/posts/"
    done = browser.post(address, {"section_key": "childcare", "role_key": "viewer", **sent})
    assert done.status_code == 302, done.content.decode()[-3000:]
    assert clerk.posts.filter(section_key="childcare", valid_from=date(2026, 12, 1)).exists()
    assert browser.post(address, {"section_key": "childcare"}).status_code == 400
    shown = browser.post("/accounts/people/invite/", {"username": "1042", "name": "見本"}).content.decode()
    assert "72時間" in shown
    assert signed_in(clerk).get("/accounts/people/").status_code == 403


def test_the_list_of_people_costs_the_same_for_many(administrator, django_assert_max_num_queries):
    for number in range(30):
        Person.objects.create(kind="staff", username=f"9{number:03}", name="見本")
    browser = signed_in(administrator)
    with django_assert_max_num_queries(20):
        browser.get("/accounts/people/")


def test_the_first_administrator_comes_from_the_command_line(capsys):
    call_command("invite", "0001", name="見本 はじめ", section="planning")
    assert "/accounts/staff/invitation/" in capsys.readouterr().out
    assert may(Person.objects.get(username="0001"), "accounts.post.manage")


def test_a_role_for_emergencies_is_nobodys_post(administrator, clerk):
    with pytest.raises(PostNotPossible):
        grant(clerk, administrator, role="emergency_viewer")
    page = signed_in(administrator).get(f"/accounts/people/{clerk.uid}/").content.decode()
    assert "emergency_viewer" not in page
