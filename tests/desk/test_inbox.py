"""職員の机: one inbox over all services, with filters that survive."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.emergencies.testing import make_emergency
from madoguchi.kernel.jobs.testing import make_dead_letter
from madoguchi.kernel.mandates.testing import make_claim
from madoguchi.kernel.search.testing import make_missed
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.testing import open_period
from madoguchi.services.procedures.testing import make_submitted, seed_cases, set_due
from madoguchi.services.surveys.testing import make_survey


def page_of(person, query="") -> str:
    return signed_in(person).get(f"/staff/?{query or 'due='}").content.decode()


def test_every_service_brings_what_waits_for_the_person(resident, staff_clerk):
    make_submitted(resident)
    make_claim(resident, "procedures.resident-record-copy")
    make_survey(make_staff("citizens", "surveyor"), section_key="citizens")
    make_emergency()
    make_dead_letter()
    make_missed("タケコプター")
    open_period(HalfYear(2020, 1))
    expected = {
        staff_clerk: "申請",
        make_staff("citizens", "surveyor"): "調査",
        make_staff("citizens", "registrar"): "代理の届出",
        make_staff("planning", "auditor"): "緊急閲覧",
        make_staff("planning", "clerk"): "進捗管理表",
    }
    for person, kind in expected.items():
        assert f'<td data-l="種類">{kind}</td>' in page_of(person), kind
    planner = page_of(make_staff("planning", "planner"))
    assert '<td data-l="種類">止まった処理</td>' in planner
    assert "「タケコプター」" in planner


def test_nobody_sees_what_another_section_has(resident, other_clerk):
    number = make_submitted(resident).receipt_number
    assert number not in page_of(other_clerk)


def test_who_looks_in_an_emergency_reads_whose_case_it_is(resident, example_city):
    number = make_submitted(resident).receipt_number
    access = make_emergency()  # of the library, in the citizens' section
    page = page_of(access.person)
    assert number in page
    assert '<td data-l="課">市民課</td>' in page


def test_the_earliest_due_date_comes_first_and_is_said_in_words(resident, other_resident, staff_clerk):
    first, second = make_submitted(resident), make_submitted(other_resident)
    set_due(first, days=3)
    set_due(second, days=-2)
    page = page_of(staff_clerk)
    assert page.index(second.receipt_number) < page.index(first.receipt_number)
    assert "2日過ぎました" in page
    assert "あと3日" in page
    assert first.receipt_number not in page_of(staff_clerk, "due=late")
    assert second.receipt_number not in page_of(staff_clerk, "due=soon")
    assert second.receipt_number not in page_of(staff_clerk, f"text={first.receipt_number}")


def test_two_kinds_stand_in_one_order(resident, staff_clerk):
    set_due(make_submitted(resident), days=1)
    survey = make_survey(make_staff("citizens", "surveyor"), section_key="citizens")
    survey.opens_on = clock.today()
    survey.closes_on = clock.today() + timedelta(9)
    survey.save()
    person = make_staff("citizens", "surveyor")
    person.posts.create(section_key="citizens", role_key="clerk", valid_from=clock.today())
    page = page_of(person)
    assert page.index("きょうまで</b>") < page.index("あすまで</b>")
    assert '<td data-l="種類">申請</td>' not in page_of(person, "kind=surveys.survey")


def test_the_list_opens_as_it_was_last_and_all_filters_can_be_taken_away(staff_clerk):
    browser = signed_in(staff_clerk)
    assert browser.get("/staff/").status_code == 200
    browser.get("/staff/?due=late&page=2")
    assert signed_in(staff_clerk).get("/staff/")["Location"] == "/staff/?due=late"
    browser.get("/staff/?due=")
    assert signed_in(staff_clerk).get("/staff/").status_code == 200


def test_a_saved_view_opens_the_list_until_it_is_deleted(staff_clerk, other_clerk):
    browser = signed_in(staff_clerk)
    kept = {"name": "期限切れ", "page": "desk", "query": "due=late", "is_default": "on"}
    browser.post("/desk/views/", kept)
    browser.get("/staff/?due=soon")
    assert browser.get("/staff/")["Location"] == "/staff/?due=late"
    assert "期限切れ" in page_of(staff_clerk)
    assert "期限切れ" not in page_of(other_clerk)
    uid = browser.get("/staff/?due=").context["views"][0].uid
    assert signed_in(other_clerk).post(f"/desk/views/{uid}/", {"default": ""}).status_code == 404
    signed_in(other_clerk).post(f"/desk/views/{uid}/", {"delete": ""})
    assert "期限切れ" in page_of(staff_clerk)
    browser.post(f"/desk/views/{uid}/", {"delete": ""})
    assert "期限切れ" not in page_of(staff_clerk)


def test_what_a_person_looked_for_is_sealed(staff_clerk):
    signed_in(staff_clerk).get("/staff/?text=見本一郎")
    with connection.cursor() as cursor:
        cursor.execute("SELECT query FROM desk_lastfilters")
        assert "text" not in cursor.fetchone()[0]


@pytest.mark.parametrize("query", ["due=", "due=soon", "page=2"])
def test_the_number_of_queries_does_not_grow_with_the_cases(resident, staff_clerk, query):
    def queries() -> int:
        browser = signed_in(staff_clerk)
        browser.get(f"/staff/?{query}")
        with CaptureQueriesContext(connection) as made:
            browser.get(f"/staff/?{query}")
        return len(made)

    seed_cases(resident, 60)
    few = queries()
    seed_cases(resident, 300, first=61)
    assert queries() == few


def test_the_list_of_cases_opens_as_it_was_last_but_for_a_number(resident, staff_clerk):
    number = make_submitted(resident).receipt_number
    browser = signed_in(staff_clerk)
    browser.get(f"/procedures/desk/?view=late&whose=mine&number={number}")
    assert browser.get("/procedures/desk/")["Location"] == "/procedures/desk/?view=late&whose=mine"
    browser.get("/procedures/desk/?view=open")
    assert number in browser.get("/procedures/desk/").content.decode()
