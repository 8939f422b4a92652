"""The pages of the 進捗管理表: what each kind of person sees, saving with and without script, checking."""

from datetime import UTC, datetime

import pytest

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.actions import reports
from madoguchi.services.plan.models import Aside, Report
from madoguchi.services.plan.rules.reports import token
from madoguchi.services.plan.testing import edits, open_period, write

pytestmark = pytest.mark.django_db
TABLE = "/plan/reports/2020H1/03/"
NOW = datetime(2020, 11, 10, 3, tzinfo=UTC)


@pytest.fixture
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def lead(example_city):
    return make_staff("welfare", "clerk")


@pytest.fixture
def report(example_city, on_the_day):
    return open_period(HalfYear(2020, 1)).reports.get(measure_key="03")


def posted(report, /, **fields):
    """The form as a browser posts it."""
    data = {}
    for edit in edits(report, **fields):
        data[edit.name], data[f"{edit.name}:seen"] = edit.text, edit.seen
    return data


def test_the_list_says_who_owes_and_for_how_many_days(report, lead, django_assert_max_num_queries):
    client = signed_in(lead)
    with django_assert_max_num_queries(24):
        page = client.get("/plan/reports/2020H1/").content.decode()
    assert "10日の遅れ" in page
    assert "健診の予約" in page
    assert "図書館のセルフ貸出" not in page  # another section's


def test_the_list_takes_as_many_queries_for_many_measures_as_for_few(report, django_assert_max_num_queries):
    client = signed_in(make_staff("planning", "planner"))
    with django_assert_max_num_queries(24):
        assert client.get("/plan/reports/2020H1/").status_code == 200


def test_a_lead_writes_a_related_section_comments_and_others_do_not_see_it(report, lead):
    assert "保存して提出する" in signed_in(lead).get(TABLE).content.decode()
    related = signed_in(make_staff("citizens", "clerk")).get(TABLE).content.decode()
    assert "保存して提出する" not in related
    assert "意見・回答" in related
    assert signed_in(make_staff("library", "clerk")).get(TABLE).status_code == 404
    for role in ("planner", "council", "secretary", "auditor"):
        page = signed_in(make_staff("planning", role)).get(TABLE).content.decode()
        assert "保存して提出する" not in page
        assert "意見・回答" not in page


def test_saving_and_handing_in_without_script(report, lead):
    client = signed_in(lead)
    data = posted(report, s1={"started_on": "2020-04-10", "finished_on": "2020-09-01"}, report={"issues": "とくになし"})
    answer = client.post(TABLE, {**data, "submit": "1"}, follow=True)
    assert "提出しました。" in answer.content.decode()
    report.refresh_from_db()
    assert (report.state, report.issues) == ("submitted", "とくになし")


def test_a_refused_cell_is_shown_with_what_was_typed(report, lead):
    answer = signed_in(lead).post(TABLE, posted(report, s1={"started_on": "2031-01-01", "comment": "残る"}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "設計：着手日：これからの日付です。" in page
    assert 'value="2031-01-01"' in page
    assert report.lines.get(step__key="1").comment == "残る"


def test_autosave_moves_a_token_only_where_the_writer_sees_what_stands(report, lead):
    client = signed_in(lead)
    stale = posted(report, s1={"comment": ""}, s2={"comment": "書いている"})
    write(report, lead, NOW, s1={"comment": "別の人"})
    answer = client.post(TABLE, {**stale, "autosave": "1"}).json()
    assert answer["tokens"] == {"2.comment": token("書いている")}
    # the next save of the same page still leaves the other's words alone
    stale["2.comment:seen"] = answer["tokens"]["2.comment"]
    client.post(TABLE, {**stale, "2.comment": "書いている。", "autosave": "1"})
    assert report.lines.get(step__key="1").comment == "別の人"
    assert report.lines.get(step__key="2").comment == "書いている。"


def test_two_texts_in_one_field_are_both_shown_and_one_is_chosen(report, lead):
    client = signed_in(lead)
    stale = posted(report, s1={"comment": "わたしの文"})
    write(report, lead, NOW, s1={"comment": "ほかの人の文"})
    page = client.post(TABLE, stale, follow=True).content.decode()
    assert "わたしの文" in page
    assert "ほかの人の文" in page
    aside = Aside.objects.get()
    client.post(f"{TABLE}asides/{aside.pk}/", {"text": "ふたりの文"})
    assert report.lines.get(step__key="1").comment == "ふたりの文"


def test_the_plan_office_confirms_or_asks(report, lead):
    write(report, lead, NOW, s1={"started_on": "2020-04-10", "finished_on": "2020-09-01"})
    reports.submit(report.pk, actor=lead, now=NOW)
    office = signed_in(make_staff("planning", "planner"))
    assert "質問が書かれていません" in office.post(f"{TABLE}return/", {"text": " "}, follow=True).content.decode()
    office.post(f"{TABLE}return/", {"text": "証拠はありますか"})
    assert "証拠はありますか" in signed_in(lead).get(TABLE).content.decode()
    reports.submit(report.pk, actor=lead, now=NOW)
    office.post(f"{TABLE}confirm/")
    assert Report.objects.get(pk=report.pk).state == "confirmed"
    assert signed_in(lead).post(f"{TABLE}confirm/").status_code == 403


@pytest.mark.parametrize(("act", "who"), [("remarks", ("welfare", "clerk")), ("return", ("planning", "planner"))])
def test_words_that_are_too_long_are_refused_and_never_cut(report, act, who):
    client = signed_in(make_staff(*who))
    page = client.post(f"{TABLE}{act}/", {"text": "あ" * 2001}, follow=True)
    assert "2001文字あります。2000文字までに短くしてください。" in page.content.decode()
    assert not report.remarks.exists()
