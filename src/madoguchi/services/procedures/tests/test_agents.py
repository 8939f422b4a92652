"""代理: what an agent sees and does in the name of another, and what everybody is told of it."""

import re

import pytest

from madoguchi.kernel.accounts.testing import make_resident, make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.mandates.testing import acting_for, end, make_mandate
from madoguchi.kernel.notify.public import Notice
from madoguchi.lib import clock
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.testing import COPY, make_submitted

SCOPE = f"procedures.{COPY}"
pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(example_city):
    return make_resident("taro", "見本 太郎")


def test_from_the_offer_to_a_case_in_the_principals_name(resident, agent, mailoutbox):
    given = signed_in(resident).post("/mandates/give/", {"scope": [SCOPE], "days": "30", "sure": "on"})
    code = re.search(r"[0-9a-f]{4}(?:-[0-9a-f]{4}){4}", given.content.decode())[0]

    browser = signed_in(agent)
    shown = browser.post("/mandates/take/", {"code": code}).content.decode()
    assert resident.name in shown
    browser.post("/mandates/take/", {"code": code, "accept": "1"})
    mandate = resident.mandates_given.get()
    browser.post(f"/mandates/{mandate.uid}/act/")

    mine = browser.get("/my/").content.decode()
    assert f"{resident.name}さん</strong>の代理で操作しています" in mine
    page = browser.get(f"/procedures/{COPY}/start/", follow=True)
    assert resident.name in page.content.decode()  # the principal's facts are filled in
    case = Case.objects.get()
    assert (case.applicant, case.mandate) == (resident, mandate)


def test_what_an_agent_hands_in_names_both_and_tells_both(resident, agent):
    resident.email, agent.email = "hanako@example.jp", "taro@example.jp"
    for person in (resident, agent):
        person.save()
    mandate = make_mandate(resident, agent, SCOPE)
    case = make_submitted(Acting(resident, mandate))
    told = Notice.objects.filter(key="procedures.case_submitted")
    assert {notice.recipient for notice in told} == {resident, agent}
    for person in (resident, agent):
        person.refresh_from_db()
    assert (resident.email, agent.email) == ("hanako@example.jp", "hanako@example.jp")  # the answer was the agent's
    submitted = next(line for line in history(case) if line.verb == "procedures.case.submitted")
    assert (submitted.actor, submitted.detail["mandate"]) == (f"accounts.person:{agent.pk}", mandate.pk)
    for browser in (signed_in(resident), acting_for(mandate)):
        assert case.receipt_number in browser.get(f"/procedures/cases/{case.uid}/").content.decode()
    desk = signed_in(make_staff("citizens", "clerk")).get(f"/procedures/desk/{case.uid}/").content.decode()
    assert agent.name in desk


def test_an_agent_sees_only_what_was_begun_under_the_mandate(resident, agent):
    own = make_submitted(resident)
    mandate = make_mandate(resident, agent, SCOPE)
    browser = acting_for(mandate)
    assert browser.get(f"/procedures/cases/{own.uid}/").status_code == 404
    assert own.receipt_number not in browser.get("/my/").content.decode()


def test_a_procedure_outside_the_mandate_is_refused(resident, agent):
    browser = acting_for(make_mandate(resident, agent, SCOPE))
    refused = browser.get("/procedures/child-allowance-claim/start/")
    assert refused.status_code == 403
    assert "いまの代理の範囲に入っていない" in refused.content.decode()
    assert not Case.objects.exists()


def test_the_desk_writes_on_paper_only_when_neither_can_be_reached(resident, agent):
    resident.email = agent.email = ""
    for person in (resident, agent):
        person.save()
    mandate = make_mandate(resident, agent, SCOPE)
    case = make_submitted(Acting(resident, mandate))  # with the agent's address
    desk = signed_in(make_staff("citizens", "clerk"))
    assert "メールが届きません" not in desk.get(f"/procedures/desk/{case.uid}/").content.decode()
    end(mandate.uid, person=resident, now=clock.now())
    assert "メールが届きません" in desk.get(f"/procedures/desk/{case.uid}/").content.decode()
