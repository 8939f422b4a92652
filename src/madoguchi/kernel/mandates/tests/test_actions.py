"""Offers, codes, claims and ends: what they make possible, once and no longer."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from madoguchi.kernel.accounts.public import NotAllowed, Person
from madoguchi.kernel.accounts.testing import make_resident, make_staff
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata.testing import take_parameter
from madoguchi.kernel.files.testing import scanned
from madoguchi.kernel.mandates import actions
from madoguchi.kernel.mandates.acting import Acting
from madoguchi.kernel.mandates.errors import CodeNotValid, NotDecidable, NotMandated, OwnCode
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.kernel.mandates.testing import CLAIMED, make_claim, make_mandate
from madoguchi.kernel.notify.public import Notice
from madoguchi.lib import clock
from madoguchi.lib.errors import CitizenError

SCOPE = "procedures.resident-record-copy"
pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(example_city):
    return make_resident("taro", "見本 太郎")


@pytest.fixture
def offer(resident):
    return actions.offer(resident, scope=[SCOPE], valid_until=clock.today() + timedelta(days=30), now=clock.now())


def test_a_code_works_once_for_somebody_else_and_tells_the_principal(offer, resident, agent):
    mandate, code = offer
    with pytest.raises(OwnCode):
        actions.offered(code, agent=resident, now=clock.now())
    typed = code.upper().replace("-", " ")
    found = actions.offered(typed, agent=agent, now=clock.now())
    taken = actions.accept(found, agent=agent, now=clock.now())
    assert taken.is_in_force(clock.today())
    assert Notice.objects.get(key="mandates.accepted").recipient == resident
    with pytest.raises(CodeNotValid):
        actions.offered(code, agent=agent, now=clock.now())
    with pytest.raises(CodeNotValid):
        actions.accept(found, agent=agent, now=clock.now())
    assert [line.verb for line in history(mandate)] == ["mandates.mandate.offered", "mandates.mandate.accepted"]


def test_a_code_lapses_after_ten_days(offer, agent):
    _mandate, code = offer
    with pytest.raises(CodeNotValid):
        actions.offered(code, agent=agent, now=clock.now() + timedelta(days=10, seconds=1))


def test_guessing_is_shut_out_the_right_code_too(offer, agent):
    _mandate, code = offer
    for _ in range(5):
        with pytest.raises(CodeNotValid):
            actions.offered("0000-0000", agent=agent, now=clock.now())
    with pytest.raises(CitizenError) as error:
        actions.offered(code, agent=agent, now=clock.now())
    assert error.value.code == "accounts.too_many_tries"


def test_the_code_is_not_in_the_database(offer):
    mandate, code = offer
    plain = code.replace("-", "")
    assert plain not in str(Mandate.objects.filter(pk=mandate.pk).values().get())


@pytest.mark.parametrize("who", ["resident", "agent"])
def test_either_side_ends_it_at_once_and_the_other_is_told(who, resident, agent):
    mandate = make_mandate(resident, agent, SCOPE)
    people = {"resident": resident, "agent": agent}
    under = Acting(resident, mandate)
    under.require(SCOPE)
    for _ in range(2):
        actions.end(mandate.uid, person=people[who], now=clock.now())
    with pytest.raises(NotMandated):
        under.require(SCOPE)  # as it stands in the database, not as it was when the page was opened
    other = people["agent" if who == "resident" else "resident"]
    assert [notice.recipient for notice in Notice.objects.filter(key="mandates.ended")] == [other]


def test_a_mandate_covers_what_it_names_until_its_last_day(resident, agent):
    mandate = make_mandate(resident, agent, SCOPE)
    with pytest.raises(NotMandated):
        Acting(resident, mandate).require("procedures.child-allowance")
    assert mandate.is_in_force(mandate.valid_until)
    assert not mandate.is_in_force(mandate.valid_until + timedelta(days=1))


def test_strangers_do_not_end_it(resident, other_resident, agent):
    mandate = make_mandate(resident, agent, SCOPE)
    with pytest.raises(Http404):
        actions.end(mandate.uid, person=other_resident, now=clock.now())


@pytest.fixture
def registrar(example_city):
    return make_staff("citizens", "registrar")


def test_a_granted_claim_makes_the_child_known_once_for_both_parents(agent, other_resident, registrar):
    today = clock.today()
    first, second = (make_claim(parent, SCOPE) for parent in (agent, other_resident))
    for claim in (first, second):
        actions.grant(claim.uid, actor=registrar, valid_until=today + timedelta(days=365), now=clock.now())
    children = Person.objects.filter(subject_index=None, kind="resident")
    assert [(child.name, child.birthdate) for child in children] == [
        (CLAIMED["name"], date.fromisoformat(CLAIMED["birthdate"]))
    ]
    first.refresh_from_db()
    assert first.is_in_force(today)
    with pytest.raises(NotDecidable):
        actions.refuse(first.uid, actor=registrar, reason="もう決めた", now=clock.now())


def test_a_claim_is_decided_by_those_who_may_with_a_reason_and_within_the_minority(agent, registrar, staff_clerk):
    claim = make_claim(agent, SCOPE)
    until = clock.today() + timedelta(days=30)
    with pytest.raises(NotAllowed):
        actions.grant(claim.uid, actor=staff_clerk, valid_until=until, now=clock.now())
    for late in (clock.today() - timedelta(days=1), date(2036, 5, 5)):  # the child's 18th birthday
        with pytest.raises(NotDecidable):
            actions.grant(claim.uid, actor=registrar, valid_until=late, now=clock.now())
    with pytest.raises(NotDecidable):
        actions.refuse(claim.uid, actor=registrar, reason=" ", now=clock.now())
    refused = actions.refuse(claim.uid, actor=registrar, reason="続柄が分かりません", now=clock.now())
    assert not refused.is_in_force(clock.today())
    assert Notice.objects.get(key="mandates.refused").recipient == agent


def test_nobody_decides_on_a_paper_that_does_not_open(agent, registrar):
    claim = make_claim(agent, SCOPE)
    scanned(claim.evidence, "harmful")
    until = clock.today() + timedelta(days=30)
    with pytest.raises(NotDecidable):
        actions.grant(claim.uid, actor=registrar, valid_until=until, now=clock.now())


def test_a_city_that_has_not_set_its_years_grants_nothing_and_says_what_is_missing(agent, registrar):
    claim = make_claim(agent, SCOPE)
    for key in ("age_of_majority_years", "mandate_longest_years"):
        take_parameter(key)
        with pytest.raises(NotDecidable, match="成年の年齢か代理の最長の年数"):
            actions.grant(claim.uid, actor=registrar, valid_until=clock.today(), now=clock.now())


def test_staff_end_what_they_granted_and_both_sides_are_told(resident, registrar, staff_clerk):
    claim = make_claim(resident, SCOPE)
    with pytest.raises(NotDecidable):  # nothing was granted yet
        actions.revoke(claim.uid, actor=registrar, reason="審判書の写し", now=clock.now())
    actions.grant(claim.uid, actor=registrar, valid_until=clock.today() + timedelta(days=30), now=clock.now())
    with pytest.raises(NotAllowed):
        actions.revoke(claim.uid, actor=staff_clerk, reason="審判書の写し", now=clock.now())
    ended = actions.revoke(claim.uid, actor=registrar, reason="審判書の写し", now=clock.now())
    assert (ended.state, ended.reason, ended.is_in_force(clock.today())) == ("ended", "審判書の写し", False)
    assert history(ended).last().verb == "mandates.mandate.revoked"
    told = Notice.objects.filter(key="mandates.revoked").values_list("recipient", flat=True)
    assert set(told) == {ended.principal_id, resident.pk}
    with pytest.raises(NotDecidable):
        actions.revoke(claim.uid, actor=registrar, reason="もう一度", now=clock.now())
