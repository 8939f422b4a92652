"""The search page, its suggestions, and the directory in its orders."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.citydata.public import record
from madoguchi.kernel.citydata.testing import revise
from madoguchi.kernel.search.public import find, totals
from madoguchi.kernel.search.testing import make_missed
from madoguchi.lib import clock
from madoguchi.ui.words import LocalText


@pytest.fixture
def page(example_city):
    browser = Client()
    return lambda address: browser.get(address).content.decode()


def test_results_are_marked_and_lead_to_the_procedure(page):
    said = page("/search/?q=じゅうみんひょう")
    assert '<a href="/procedures/resident-record-copy/"><mark>住民票</mark>の写しの交付請求</a>' in said
    assert "市民課" in said


def test_what_is_typed_is_shown_as_text(page):
    assert "「&lt;b&gt;住民票」" in page("/search/?q=<b>住民票")


def test_kinds_can_be_filtered(page):
    both = page("/search/?q=図書館")
    assert 'href="/plan/measures/04/"' in both
    assert "&amp;kind=measure" in both
    only = page("/search/?q=図書館&kind=procedure")
    assert 'href="/procedures/guides/library-card/"' in only
    assert "/plan/measures/" not in only


def test_nothing_found_leads_on(page):
    said = page("/search/?q=ぷぺぽぽぽ")
    city = record("city", "city")
    assert "「ぷぺぽぽぽ」は見つかりませんでした" in said
    assert f'href="tel:{city.phone}"' in said
    assert "/directory/?event=a-moving" in said
    assert "/directory/?by=kana" in said


def test_a_slip_is_answered_with_a_question(page):
    said = page("/search/?q=住民標")
    assert "もしかして、こちらですか" in said
    assert "/procedures/resident-record-copy/" in said


def test_suggestions_come_as_json(example_city):
    answer = Client().get("/search/suggestions/?q=じゅうみ").json()
    assert answer["items"][0] == {"label": "住民票の写しの交付請求", "url": "/procedures/resident-record-copy/"}


@pytest.mark.parametrize(
    ("by", "heading", "inside"),
    [
        ("event", "引っ越し", "転入届"),
        ("topic", "証明書", "住民票の写しの交付請求"),
        ("section", "防災課", "罹災証明書"),
        ("section", "代表電話でご案内する手続", "国民健康保険に入る届出"),
        ("kana", "さ", "住民票の写しの交付請求"),
    ],
)
def test_the_directory_is_grouped(page, by, heading, inside):
    groups = page(f"/directory/?by={by}").split("<section ")
    (group,) = [group for group in groups if f">{heading}</h2>" in group]
    assert inside in group


def test_old_addresses_of_the_search_lead_to_it(example_city):
    answer = Client().get("/directory/?q=住民票")
    assert (answer.status_code, answer["Location"]) == (302, "/search/?q=%E4%BD%8F%E6%B0%91%E7%A5%A8")


def test_a_guide_names_the_section_and_the_law(page):
    said = page("/procedures/guides/moving-in/")
    assert "市民課" in said
    assert "住民基本台帳法 第22条" in said


def test_an_edit_of_the_city_data_is_found_at_once(staff_clerk):
    body = record("procedures.guide", "moving-in")
    assert not find("らくだ", person=None).hits
    revise("procedures.guide", body.key, body.model_copy(update={"name": LocalText(ja="らくだ")}), actor=staff_clerk)
    assert [hit.key for hit in find("らくだ", person=None).hits] == ["moving-in"]


def test_what_was_not_found_is_counted_and_what_staff_search_is_not(example_city):
    Client(REMOTE_ADDR="192.0.2.1").get("/search/?q=タケコプター")
    Client(REMOTE_ADDR="192.0.2.1").get("/search/?q=住民票")
    signed_in(make_staff("citizens", "clerk")).get("/search/?q=タケコプター")
    planner = make_staff("planning", "planner")
    assert totals(planner, since=clock.today()) == (2, 1)


def test_a_search_is_answered_when_it_cannot_be_counted(example_city):
    with patch("madoguchi.portal.finding_views.note", side_effect=OperationalError("database is locked")):
        assert "住民票" in Client().get("/search/?q=住民票").content.decode()


def test_staff_see_what_people_did_not_find_and_see_to_it(example_city):
    word = make_missed("タケコプター")
    desk = signed_in(make_staff("planning", "planner"))
    assert "タケコプター" in desk.get("/search/missed/").content.decode()
    assert "対応済みにしました" in desk.post(f"/search/missed/{word.pk}/", follow=True).content.decode()
    assert (
        "対応済みを取り消しました"
        in desk.post(f"/search/missed/{word.pk}/", {"again": "1"}, follow=True).content.decode()
    )


def test_a_synonym_that_staff_add_is_found_at_once(example_city):
    word = make_missed("タケコプター")
    address = f"/search/missed/{word.pk}/synonym/"
    desk = signed_in(make_staff("planning", "planner"))
    assert "でも何も見つかりません" in desk.post(address, {"other": "どこでもドア"}).content.decode()
    assert desk.post(address, {"other": "住民票"}).status_code == 302
    assert find("たけこぷたー", person=None).hits[0].key == "resident-record-copy"
    assert "対応済み</span>" in desk.get("/search/missed/").content.decode()


def test_only_those_who_may_add_a_synonym(staff_clerk, example_city):
    word = make_missed("タケコプター")
    answer = signed_in(staff_clerk).post(f"/search/missed/{word.pk}/synonym/", {"other": "住民票"})
    assert answer.status_code == 403
    assert not find("タケコプター", person=None).hits
