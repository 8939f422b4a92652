"""Giving, taking and acting as two residents do it, and the claim as staff decide it."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madoguchi.kernel.accounts.testing import make_resident, make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata.public import record
from madoguchi.kernel.citydata.testing import revise
from madoguchi.kernel.files.testing import blank_pdf
from madoguchi.kernel.mandates import actions
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.kernel.mandates.testing import CLAIMED, acting_for, make_claim, make_mandate
from madoguchi.lib import clock

SCOPE = "procedures.resident-record-copy"
pytestmark = pytest.mark.django_db


def western(field, day):
    """What a browser sends for a date given in 西暦."""
    return {f"{field}_era": "ad", f"{field}_year": day.year, f"{field}_month": day.month, f"{field}_day": day.day}


@pytest.fixture
def agent(example_city):
    return make_resident("taro", "見本 太郎")


def test_an_end_takes_effect_in_the_session_that_is_open(resident, agent):
    mandate = make_mandate(resident, agent, SCOPE)
    browser = acting_for(mandate)
    actions.end(mandate.uid, person=resident, now=clock.now())
    page = browser.get("/my/").content.decode()
    assert "代理の期間が終わったか、取り消されたため" in page
    assert f"{agent.name}さんの窓口" in page
    assert browser.post(f"/mandates/{mandate.uid}/act/").status_code == 404


def test_the_way_back_to_oneself(resident, agent):
    browser = acting_for(make_mandate(resident, agent, SCOPE))
    browser.post("/mandates/stop/")
    assert f"{agent.name}さんの窓口" in browser.get("/my/").content.decode()


def test_only_the_agent_acts(resident, agent, other_resident):
    mandate = make_mandate(resident, agent, SCOPE)
    for stranger in (resident, other_resident):
        assert signed_in(stranger).post(f"/mandates/{mandate.uid}/act/").status_code == 404


def test_a_sign_in_without_the_card_neither_gives_nor_acts(resident, agent):
    mandate = make_mandate(resident, agent, SCOPE)
    for path in ("/mandates/give/", "/mandates/take/", f"/mandates/{mandate.uid}/act/"):
        answer = signed_in(agent, level=1).post(path)
        assert answer["Location"].startswith("/accounts/sign-in/step-up/")


def test_a_claim_is_refused_beside_its_fields(agent):
    grown = {"name": CLAIMED["name"], "address": CLAIMED["address"], **western("birthdate", date(2000, 1, 1))}
    sent = {**grown, "basis": "parent", "scope": [SCOPE], "evidence": SimpleUploadedFile("a.pdf", blank_pdf())}
    answer = signed_in(agent).post("/mandates/ask/", sent)
    assert answer.status_code == 400
    assert "成年の方に、親権者として" in answer.content.decode()
    assert not Mandate.objects.exists()


def test_staff_read_the_claim_and_every_look_is_kept(agent):
    claim, staff = make_claim(agent, SCOPE), make_staff("citizens", "registrar")
    browser = signed_in(staff)
    page = browser.get(f"/mandates/claims/{claim.uid}/").content.decode()
    assert CLAIMED["name"] in page
    paper = browser.get(f"/mandates/claims/{claim.uid}/evidence/")
    assert (paper.status_code, paper["X-Content-Type-Options"]) == (200, "nosniff")
    assert "sandbox" in paper["Content-Security-Policy"]
    looks = [line for line in history(claim) if line.verb == "mandates.mandate.viewed"]
    assert [line.detail["purpose"] for line in looks] == ["mandates.review"] * 2
    refused = browser.post(f"/mandates/claims/{claim.uid}/refuse/", {"reason": ""})
    assert refused.status_code == 400
    until = clock.today() + timedelta(days=30)
    granted = browser.post(
        f"/mandates/claims/{claim.uid}/grant/",
        western("valid_until", until),
    )
    claim.refresh_from_db()
    assert (granted.status_code, claim.state) == (302, "granted")


@pytest.mark.parametrize("phone", ["000-0000-0000", ""])
def test_the_empty_letter_is_a_pdf_also_of_a_city_that_names_no_telephone(client, example_city, phone):
    revise(
        "city",
        "city",
        record("city", "city").model_copy(update={"phone": phone}),
        actor=make_staff("citizens", "clerk"),
    )
    answer = client.get("/mandates/letter.pdf")
    assert answer.content.startswith(b"%PDF")


def test_the_list_costs_the_same_number_of_queries_for_one_and_for_many(resident, agent, django_assert_max_num_queries):
    browser = signed_in(resident)
    make_mandate(resident, agent, SCOPE)
    with CaptureQueriesContext(connection) as one:
        browser.get("/mandates/")
    for _ in range(8):
        actions.offer(resident, scope=[SCOPE], valid_until=clock.today(), now=clock.now())
    with django_assert_max_num_queries(len(one)):
        browser.get("/mandates/")
