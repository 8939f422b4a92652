"""A clerk sees a case of another section for an hour, and somebody else reads afterwards what was done."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from madoguchi.kernel.accounts.public import NotAllowed, Person
from madoguchi.kernel.accounts.testing import make_resident, make_staff, signed_in
from madoguchi.kernel.audit.public import history, record
from madoguchi.kernel.citydata.schemas import Role
from madoguchi.kernel.emergencies import actions
from madoguchi.kernel.emergencies.errors import NotNow
from madoguchi.kernel.emergencies.models import EmergencyAccess
from madoguchi.kernel.emergencies.testing import REASON, ROLE, take_emergency
from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.notify.public import Notice
from madoguchi.lib import clock
from madoguchi.services.procedures.testing import make_submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_city")]
FORM = {"section_key": "citizens", "role_key": ROLE, "reason": REASON}


@pytest.fixture
def clerk():
    return make_staff("childcare", "clerk")


@pytest.fixture
def auditor():
    return make_staff("planning", "auditor")


@pytest.fixture
def case():
    return make_submitted(Acting(make_resident()))


def address(case) -> str:
    return f"/procedures/desk/{case.uid}/"


def later(monkeypatch, **time):
    moment = clock.now() + timedelta(**time)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_case_of_another_section_opens_for_the_time_and_no_longer(clerk, case, monkeypatch):
    browser = signed_in(clerk)
    assert browser.get(address(case)).status_code == 404
    assert browser.post("/emergencies/take/", FORM).status_code == 302
    page = browser.get(address(case))
    assert page.status_code == 200
    assert "緊急閲覧中" in page.content.decode()
    assert "緊急閲覧（" in browser.get("/accounts/rights/").content.decode()
    later(monkeypatch, minutes=61)
    assert browser.get(address(case)).status_code in (302, 404)  # the sign-in ended, too
    assert signed_in(clerk).get(address(case)).status_code == 404


def test_it_ends_at_once_when_its_taker_says_so(clerk, case):
    browser = signed_in(clerk)
    take_emergency(clerk, section_key="citizens")
    assert browser.get(address(case)).status_code == 200
    browser.post("/emergencies/end/")
    assert browser.get(address(case)).status_code == 404
    browser.post("/emergencies/end/")
    assert [line.verb for line in history(EmergencyAccess.objects.get())] == [
        "emergencies.access.opened",
        "emergencies.access.ended",
    ]


def test_it_looks_and_does_nothing_else(clerk, case):
    take_emergency(clerk, section_key="citizens")
    signed_in(clerk).post(f"/procedures/desk/{case.uid}/approve/", {"note": ""})
    case.refresh_from_db()
    assert case.state == "submitted"


def test_another_section_than_the_one_taken_stays_shut(clerk, case):
    take_emergency(clerk, section_key="library")
    assert signed_in(clerk).get(address(case)).status_code == 404


def test_who_may_not_take_one_is_refused(auditor):
    with pytest.raises(NotAllowed):
        take_emergency(auditor, section_key="citizens")
    assert signed_in(auditor).get("/emergencies/take/").status_code == 403


def test_a_post_that_ended_takes_the_emergency_with_it(clerk, case):
    take_emergency(clerk, section_key="citizens")
    clerk.posts.update(valid_until=clock.today() - timedelta(days=1))
    assert signed_in(Person.objects.get(pk=clerk.pk)).get(address(case)).status_code in (403, 404)


def test_a_second_one_waits_for_the_end_of_the_first(clerk, monkeypatch):
    take_emergency(clerk, section_key="citizens")
    with pytest.raises(NotNow):
        take_emergency(clerk, section_key="library")
    later(monkeypatch, minutes=60)
    assert take_emergency(clerk, section_key="library").ended_at is None
    assert EmergencyAccess.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"reason": "緊急"}, {"reason": ""}, {"section_key": "nowhere"}, {"role_key": "clerk"}]
)
def test_what_is_not_whole_is_said_at_its_field(clerk, wrong):
    page = signed_in(clerk).post("/emergencies/take/", {**FORM, **wrong})
    assert page.status_code == 400
    assert not EmergencyAccess.objects.exists()
    assert next(iter(wrong)) in page.context["form"].errors


def test_whoever_reviews_is_told_at_once_and_the_taker_is_not(clerk, auditor):
    take_emergency(clerk, section_key="citizens")
    notice = Notice.objects.get(key="emergencies.opened")
    assert (notice.recipient, notice.is_urgent) == (auditor, True)
    assert REASON not in str(notice.context)


def test_the_report_lists_what_was_done_meanwhile_and_nothing_else(clerk, auditor, case, monkeypatch):
    browser = signed_in(clerk)
    access = take_emergency(clerk, section_key="citizens")
    browser.get(address(case))
    browser.post("/emergencies/end/")
    later(monkeypatch, minutes=2)
    with transaction.atomic():
        record("accounts.person.language_set", actor=clerk, target=clerk)
    page = signed_in(auditor).get(f"/emergencies/{access.uid}/")
    acts = [line.verb for line, _name in page.context["lines"]]
    assert acts == ["emergencies.access.opened", "procedures.case.viewed", "emergencies.access.ended"]
    assert page.context["records"] == 1
    assert page.context["lines"][1][0].detail["purpose"] == "emergencies.access"
    assert REASON in page.content.decode()


def test_a_review_is_by_another_once_and_after_the_end(clerk, auditor):
    access = take_emergency(clerk, section_key="citizens")
    told = {"was_due": "yes", "finding": "救急隊の記録と照らした"}
    browser, path = signed_in(auditor), f"/emergencies/{access.uid}/"
    assert browser.post(path, told).status_code == 400  # still open
    actions.end(clerk, now=clock.now())
    assert browser.post(path, {"was_due": "yes", "finding": ""}).status_code == 400
    assert browser.post(path, told).status_code == 302
    assert browser.post(path, {**told, "was_due": "no"}).status_code == 400
    access.refresh_from_db()
    assert (access.reviewed_by, access.was_due, access.finding) == (auditor, True, told["finding"])


def test_nobody_reviews_their_own(clerk):
    clerk.posts.create(section_key="citizens", role_key="auditor", valid_from=clock.today())
    access = take_emergency(clerk, section_key="citizens")
    actions.end(clerk, now=clock.now())
    with pytest.raises(NotNow):
        actions.review(access.uid, actor=clerk, was_due=True, finding="問題なし", now=clock.now())
    access.refresh_from_db()
    access.reviewed_by, access.reviewed_at, access.was_due, access.finding = clerk, clock.now(), True, "問題なし"
    with pytest.raises(IntegrityError, match="emergencies_reviewed_by_another"), transaction.atomic():
        access.save()


def test_a_role_for_emergencies_only_looks():
    name = {"ja": "緊急", "en": "Emergency"}
    with pytest.raises(ValueError, match=r"procedures\.case\.decide"):
        Role(key="x", name=name, source="例", permissions=("procedures.case.decide",), emergency_minutes=60)
