"""The pages of surveys, and who may open them."""

from datetime import date
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from madoguchi.kernel.accounts.testing import make_resident, make_staff, signed_in
from madoguchi.services.surveys import testing
from madoguchi.services.surveys.models import Survey, Theme

STAFF_PAGES = [
    ("survey", ()), ("questionnaire", ()), ("questionnaire_yaml", ()), ("preview", ()), ("paper_pdf", ("ja",)),
    ("new_question", ()), ("question", ("age",)), ("sample", ()), ("paper", ()), ("sheet", (1,)), ("tables", ()),
    ("cross", ()), ("remarks", ("opinion",)),
]  # fmt: skip
VIEWER_PAGES = {"survey", "preview", "paper_pdf", "tables", "cross"}
POSTS = [
    ("start", ()), ("open", ()), ("publish", ()), ("withdraw", ()), ("arrange", ("age",)), ("population", ()),
    ("letters", ()), ("draw", ()), ("letters_pdf", ()), ("reissue", ()), ("reminders", ()), ("code", ("opinion",)),
    ("export", ("csv",)),
]  # fmt: skip
ANSWERS = [
    {"age": "a18" if n % 3 else "a40", "sex": "f" if n % 2 else "m", "media": ["web"], "used": "yes" if n % 2 else "no"}
    | ({"opinion": f"意見{n}", "wants": {"safety": "w4"}} if n % 4 == 0 else {})
    for n in range(30)
]


@pytest.fixture
def opened(planner):
    return testing.make_opened(planner, ANSWERS)


def addresses(names, survey):
    return [(name, reverse(f"surveys:{name}", args=[survey.key, *more])) for name, more in names]


def test_staff_of_the_section_open_every_page(opened, planner):
    browser = signed_in(planner)
    for name, address in addresses(STAFF_PAGES, opened):
        assert browser.get(address).status_code == 200, name
    assert browser.get(reverse("surveys:desk")).status_code == 200
    assert browser.get(reverse("surveys:create")).status_code == 200


def test_a_viewer_sees_results_and_nothing_to_change(opened):
    browser = signed_in(make_staff("planning", "viewer"))
    for name, address in addresses(STAFF_PAGES, opened):
        expected = 200 if name in VIEWER_PAGES else 403
        assert browser.get(address).status_code == expected, name
    for name, address in addresses(POSTS, opened):
        assert browser.post(address).status_code == 403, name
    assert b"<button" not in browser.get(reverse("surveys:survey", args=[opened.key])).content.split(b"<main")[1]


def test_for_another_section_the_survey_does_not_exist(opened):
    browser = signed_in(make_staff("childcare", "surveyor"))
    for name, address in addresses(STAFF_PAGES, opened):
        assert browser.get(address).status_code == 404, name
    for name, address in addresses(POSTS, opened):
        assert browser.post(address).status_code == 404, name
    assert opened.key not in browser.get(reverse("surveys:desk")).content.decode()


def test_residents_and_strangers_see_no_desk(opened):
    for name, address in [*addresses(STAFF_PAGES, opened), *addresses(POSTS, opened)]:
        assert Client().post(address).status_code == 302, name
        assert signed_in(make_resident(key=f"r-{name}")).post(address).status_code == 403, name


def test_results_are_public_only_once_published(opened, planner, client):
    page = reverse("surveys:results", args=[opened.key])
    for address in (page, f"{page}results.csv", f"/api/v1/surveys/results/{opened.key}"):
        assert client.get(address).status_code == 404
    signed_in(planner).post(reverse("surveys:publish", args=[opened.key]))
    for address in (page, f"{page}?weighted=1", f"{page}?row=age&column=used", f"{page}results.csv"):
        assert client.get(address).status_code == 200, address
    signed_in(planner).post(reverse("surveys:withdraw", args=[opened.key]))
    assert Client().get(page).status_code == 404


def test_nobody_sees_results_while_the_box_is_closed(planner):
    survey = testing.make_running(planner)
    browser = signed_in(planner)
    for name in ("tables", "cross"):
        assert browser.get(reverse(f"surveys:{name}", args=[survey.key])).status_code == 404


def test_the_api_gives_tables_and_cross_tables_with_their_source(opened, planner, client):
    signed_in(planner).post(reverse("surveys:publish", args=[opened.key]))
    assert [item["key"] for item in client.get("/api/v1/surveys/results").json()["items"]] == [opened.key]
    found = client.get(f"/api/v1/surveys/results/{opened.key}").json()
    (age,) = [table for table in found["tables"] if table["key"] == "age"]
    assert [line["n"] for line in age["lines"]] == [20, 10]
    cross = client.get(f"/api/v1/surveys/results/{opened.key}/cross?row=age&column=used").json()
    assert [label["ja"] for label in cross["row_labels"]] == ["18～39歳", "40歳以上", "合計"]
    assert cross["n"] == [[10, 10, 20], [5, 5, 10], [15, 15, 30]]
    assert cross["source"]
    assert client.get(f"/api/v1/surveys/results/{opened.key}/cross?row=age&column=opinion").status_code == 404


def test_small_cells_are_hidden_on_the_public_page(planner, client):
    answers = [{"age": "a18" if n < 3 else "a40", "used": "yes" if n < 12 else "no"} for n in range(30)]
    survey = testing.make_opened(planner, answers)
    signed_in(planner).post(reverse("surveys:publish", args=[survey.key]))
    cross = client.get(f"/api/v1/surveys/results/{survey.key}/cross?row=age&column=used").json()
    assert cross["n"][0][0] is None
    assert cross["column_percent"][0][0] is None
    page = client.get(f"/surveys/{survey.key}/?row=age&column=used").content.decode()
    assert "少ないため伏せています" in page


def test_a_survey_is_made_sized_drawn_printed_and_started_on_screen(planner):
    browser = signed_in(planner)
    given = {"key": "ict2026", "section": "planning", "start_from": "pack:ict"}
    for name, day in (("opens_on", date(2026, 12, 1)), ("closes_on", date(2026, 12, 31))):
        given |= {f"{name}_era": "ad", f"{name}_year": day.year, f"{name}_month": day.month, f"{name}_day": day.day}
    assert browser.post(reverse("surveys:create"), given).status_code == 302
    survey = Survey.objects.get(key="ict2026")

    def send(name, **data):
        return browser.post(reverse(f"surveys:{name}", args=["ict2026"]), data)

    on = {"on_era": "ad", "on_year": 2026, "on_month": 10, "on_day": 1}
    table = SimpleUploadedFile("population.csv", testing.POPULATION.encode("cp932"))
    assert send("population", table=table, source="住民基本台帳（架空）", **on).status_code == 302
    assert send("letters", answers="10").status_code == 302
    assert [stratum.letters for stratum in survey.strata.all()] == [20, 7]
    frame = SimpleUploadedFile("frame.csv", testing.frame_csv().encode())
    mailing = send("draw", frame=frame, seed="s1").content.decode("utf-8-sig").splitlines()
    assert mailing[0] == "serial,id,age,name"
    assert len(mailing) == 28
    letters = send("letters_pdf", first="1", last="3", register="ja")
    assert letters["Content-Type"] == "application/pdf"
    assert send("start").status_code == 302
    survey.refresh_from_db()
    assert survey.state == Survey.State.RUNNING
    reminders = send("reminders").content.decode("utf-8-sig").splitlines()
    assert len(reminders) == 28


def test_questions_are_changed_moved_and_removed_on_screen(planner):
    survey, browser = testing.make_survey(planner), signed_in(planner)
    new = {
        "key": "pc", "page": "media", "type": "single", "label_ja": "パソコン", "options": "y | はい\nn | いいえ",
    }  # fmt: skip
    assert browser.post(reverse("surveys:new_question", args=[survey.key]), new).status_code == 302
    survey.refresh_from_db()
    assert [q.key for q in survey.questionnaire.page("media").questions][-1] == "pc"
    browser.post(reverse("surveys:arrange", args=[survey.key, "pc"]), {"do": "up"})
    survey.refresh_from_db()
    assert [q.key for q in survey.questionnaire.page("media").questions][-2:] == ["pc", "used"]
    used = reverse("surveys:arrange", args=[survey.key, "used"])
    assert "その変更はできません" in browser.post(used, {"do": "remove"}, follow=True).content.decode()
    browser.post(reverse("surveys:arrange", args=[survey.key, "pc"]), {"do": "remove"})
    survey.refresh_from_db()
    assert "pc" not in [q.key for q in survey.questionnaire.questions()]
    assert survey.version.number == 4


def test_a_question_goes_through_the_form_unchanged(planner):
    survey, browser = testing.make_survey(planner), signed_in(planner)
    for question in survey.questionnaire.questions():
        address = reverse("surveys:question", args=[survey.key, question.key])
        form = browser.get(address).context["form"]
        given = {name: value for name, value in form.initial.items() if value not in (None, False)}
        assert browser.post(address, given).status_code == 302, question.key
    before = survey.questionnaire
    survey.refresh_from_db()
    assert survey.questionnaire == before


def test_a_questionnaire_goes_out_as_yaml_and_comes_back(planner):
    survey, browser = testing.make_survey(planner), signed_in(planner)
    text = browser.get(reverse("surveys:questionnaire_yaml", args=[survey.key])).content
    before = survey.questionnaire
    address = reverse("surveys:questionnaire", args=[survey.key])
    assert browser.post(address, {"file": SimpleUploadedFile("q.yaml", text)}).status_code == 302
    survey.refresh_from_db()
    assert survey.questionnaire == before
    broken = SimpleUploadedFile("q.yaml", text.replace(b"used == 'yes'", b"unasked == 'yes'"))
    refused = browser.post(address, {"file": broken})
    assert refused.status_code == 400
    assert "unasked" in refused.content.decode()


def test_the_questionnaire_is_frozen_once_someone_answers(planner):
    survey, browser = testing.make_running(planner), signed_in(planner)
    testing.answer_online(survey, 1, {"used": "no"})
    browser.post(reverse("surveys:arrange", args=[survey.key, "sex"]), {"do": "up"})
    survey.refresh_from_db()
    assert survey.version.number == 1


def test_the_code_on_the_letter_opens_the_form_filled_in(planner, client):
    survey = testing.make_running(planner)
    code = testing.code(survey, 1)
    assert code in client.get(f"/surveys/enter/{code}/").content.decode()
    with mock.patch("madoguchi.lib.clock.today", return_value=testing.OPENS):
        assert client.post("/surveys/enter/", {"code": "abc"}).status_code == 400
        assert "見つかりません" in client.post("/surveys/enter/", {"code": unknown(code)}).content.decode()
    late = client.post("/surveys/enter/", {"code": code})
    assert "受け付けていません" in late.content.decode()


def unknown(code):
    from stdnum import luhn

    from madoguchi.services.surveys.sampling import ALPHABET

    body = ("A" if code[0] != "A" else "B") + code[1:9]
    return body + luhn.calc_check_digit(body, ALPHABET)


def test_remarks_are_coded_by_two_and_counted_where_they_agree(opened, planner, keyer):
    first, second = signed_in(planner), signed_in(keyer)
    address = reverse("surveys:code", args=[opened.key, "opinion"])
    for label in ("防災", "福祉"):
        first.post(address, {"label": label})
    safety, welfare = Theme.objects.all()
    places = [place for place, _ in opened.remarks.get(question="opinion").texts]
    first.post(address, {f"remark-{place}": safety.pk for place in places})
    second.post(address, {f"remark-{place}": welfare.pk if n == 0 else safety.pk for n, place in enumerate(places)})
    page = first.get(reverse("surveys:remarks", args=[opened.key, "opinion"])).context
    assert page["counts"] == [("防災", len(places) - 1)]
    assert page["apart"] == 1


def test_pages_of_results_need_a_constant_number_of_queries(opened, planner, django_assert_max_num_queries):
    browser = signed_in(planner)
    for name in ("tables", "cross", "survey"):
        with django_assert_max_num_queries(20):
            browser.get(reverse(f"surveys:{name}", args=[opened.key]))
