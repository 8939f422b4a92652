"""Records that go by themselves: on the day their years are over, with what belongs to them, and not a day before.

Years of the example city; they count from 1 April after the fiscal year in which a record ended.
"""

from datetime import UTC, date, datetime

import pytest

from madoguchi.kernel.accounts.testing import make_resident, make_staff
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.emergencies import actions as emergencies
from madoguchi.kernel.emergencies.models import EmergencyAccess
from madoguchi.kernel.emergencies.testing import take_emergency
from madoguchi.kernel.files.public import StoredFile
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.kernel.mandates.testing import end, make_claim, make_mandate
from madoguchi.kernel.retention import testing as retention
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.models import Remark
from madoguchi.services.plan.testing import open_period
from madoguchi.services.surveys.models import Code, Remarks, Survey
from madoguchi.services.surveys.testing import make_opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_city")]
LAST_OF_2020 = datetime(2021, 3, 31, 14, 59, tzinfo=UTC)  # 23:59 in the city, the last minute of fiscal 2020


def ended_post():
    post = make_staff("library", "viewer").posts.get()
    post.valid_until = date(2021, 3, 31)
    post.save()


def ended_mandate():
    mandate = make_mandate(make_resident("given"), make_resident("held"), "procedures.resident-record-copy")
    end(mandate.uid, person=mandate.principal, now=LAST_OF_2020)


def lapsed_mandate():
    mandate = make_mandate(make_resident("given"), make_resident("held"), "procedures.resident-record-copy")
    Mandate.objects.filter(pk=mandate.pk).update(valid_until=date(2021, 3, 31))


def reviewed_emergency():
    clerk, auditor = make_staff("library", "clerk"), make_staff("planning", "auditor")
    access = take_emergency(clerk, section_key="citizens")
    emergencies.end(clerk, now=clock.now())
    emergencies.review(access.uid, actor=auditor, was_due=True, finding="照らした", now=LAST_OF_2020)


def lifted_hold():
    office, held = make_staff("planning", "records"), make_resident("held")
    found = retention.hold(f"accounts.person:{held.pk}", reason="開示請求", actor=office, now=LAST_OF_2020)
    retention.lift(found.pk, reason="終わった", actor=office, now=LAST_OF_2020)


def opened_survey():
    answers = [
        {"age": "a18", "sex": "f", "media": ["web"], "used": "yes", "opinion": "意見", "wants": {"safety": "w4"}}
    ]
    survey = make_opened(make_staff("planning", "surveyor"), answers, key="old")
    Survey.objects.filter(pk=survey.pk).update(opened_on=date(2021, 3, 31))


def written_remark():
    report = open_period(HalfYear(2020, 1)).reports.first()
    author = make_staff("planning", "planner")
    Remark.objects.create(
        report=report, kind="comment", text="意見", author=author, section_key="planning", written_at=LAST_OF_2020
    )


@pytest.mark.parametrize(
    ("rule", "ended_so", "due_on"),
    [
        ("accounts.post", ended_post, date(2031, 4, 1)),  # 10 years
        ("mandates.ended", ended_mandate, date(2026, 4, 1)),  # 5
        ("mandates.lapsed", lapsed_mandate, date(2026, 4, 1)),  # 5
        ("emergencies.access", reviewed_emergency, date(2031, 4, 1)),  # 10
        ("retention.hold", lifted_hold, date(2031, 4, 1)),  # 10
        ("surveys.code", opened_survey, date(2022, 4, 1)),  # 1
        ("surveys.remarks", opened_survey, date(2026, 4, 1)),  # 5
        ("plan.remark", written_remark, date(2031, 4, 1)),  # 10
    ],
)
def test_a_record_goes_on_its_day_and_leaves_its_proof(rule, ended_so, due_on):
    ended_so()
    before, on_the_day = clock.start_of(due_on) - clock.start_of(due_on).resolution, clock.start_of(due_on)
    assert retention.of(rule, clock.day_of(before)).total == 0
    assert retention.of(rule, due_on).total >= 1
    for one in list(retention.due(retention.rules()[rule], today=due_on)):
        assert not retention.erase(retention.rules()[rule], one, now=before), "a day too early"
        assert retention.erase(retention.rules()[rule], one, now=on_the_day)
        assert history(one.subjects[0]).last().verb == "retention.record.erased"
    assert retention.of(rule, due_on).total == 0


def test_the_evidence_of_a_refused_claim_goes_with_it_and_its_key_is_named():
    from madoguchi.kernel.mandates import actions

    claim = make_claim(make_resident("agent"), "procedures.resident-record-copy")
    registrar = make_staff("citizens", "registrar")
    actions.refuse(claim.uid, actor=registrar, reason="続柄が読めません", now=LAST_OF_2020)
    rule = retention.rules()["mandates.ended"]
    (one,) = retention.due(rule, today=date(2026, 4, 1))
    assert retention.erase(rule, one, now=clock.start_of(date(2026, 4, 1)))
    assert not StoredFile.objects.filter(pk=claim.evidence_id).exists()
    assert len(history(f"mandates.mandate:{one.pk}").last().detail["keys"]) == 1


def test_what_another_record_names_stays():
    clerk = make_staff("library", "clerk")
    take_emergency(clerk, section_key="citizens")
    clerk.posts.update(valid_until=date(2021, 3, 31))
    assert retention.of("accounts.post", date(2040, 4, 1)).total == 0
    EmergencyAccess.objects.all().delete()
    assert retention.of("accounts.post", date(2040, 4, 1)).total == 1


def test_free_texts_wait_for_a_decision_and_the_codes_do_not():
    opened_survey()
    gone = retention.sweep(now=clock.start_of(date(2026, 4, 1)))
    assert gone["surveys.code"] >= 1
    assert not Code.objects.exists()
    assert Remarks.objects.exists()
    assert "surveys.remarks" not in gone
