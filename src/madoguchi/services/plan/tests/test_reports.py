"""進捗管理表: from opening to fixed, several writers at once, and who may do what."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from madoguchi.kernel.accounts.public import NotAllowed
from madoguchi.kernel.accounts.testing import make_staff
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.notify.public import Notice
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.actions import periods, reports
from madoguchi.services.plan.errors import Incomplete, NotPossibleNow
from madoguchi.services.plan.models import Aside, Baseline, Line, Period, Report, Snapshot
from madoguchi.services.plan.testing import edits, write

pytestmark = pytest.mark.django_db

FIRST = HalfYear(2020, 1)
OCTOBER = datetime(2020, 10, 1, 3, tzinfo=UTC)
MID_OCTOBER = datetime(2020, 10, 15, 3, tzinfo=UTC)


@pytest.fixture
def lead(example_city):
    return make_staff("welfare", "clerk")


@pytest.fixture
def office(example_city):
    return make_staff("planning", "planner")


@pytest.fixture
def opened(example_city):
    return periods.open_period(FIRST, actor=None, now=OCTOBER)


@pytest.fixture
def report(opened):
    return opened.reports.get(measure_key="03")


def submitted(report, lead):
    write(report, lead, MID_OCTOBER, s1={"started_on": "2020-04-10", "finished_on": "2020-09-01"})
    return reports.submit(report.pk, actor=lead, now=MID_OCTOBER)


def test_opening_asks_every_lead_section_once_and_by_the_dates_of_the_rulebook(opened, lead):
    assert (opened.due_on, opened.check_by) == (date(2020, 10, 31), date(2020, 11, 30))
    assert opened.reports.count() == 8
    again = periods.open_period(FIRST, actor=None, now=MID_OCTOBER)
    assert again == opened
    assert Report.objects.count() == 8
    assert Period.objects.count() == 1


def test_a_task_with_two_bars_is_two_steps(opened):
    lines = opened.reports.get(measure_key="05").lines.order_by("step__position")
    assert [(line.step.key, line.step.planned_first) for line in lines] == [
        ("1", "2020H1"),
        ("2-1", "2020H2"),
        ("2-2", "2021H2"),
    ]


def test_the_way_of_a_report_from_open_to_fixed(report, lead, office):
    submitted(report, lead)
    reports.send_back(report.pk, "終わった証拠は何ですか。", actor=office, now=MID_OCTOBER)
    reports.remark(report.pk, "検収書があります。", actor=lead, now=MID_OCTOBER)
    reports.submit(report.pk, actor=lead, now=MID_OCTOBER)
    reports.confirm(report.pk, actor=office, now=MID_OCTOBER)
    periods.close_period(FIRST, actor=None, now=datetime(2020, 12, 1, tzinfo=UTC))
    report.refresh_from_db()
    assert report.state == Report.State.FIXED
    assert [remark.kind for remark in report.remarks.all()] == ["question", "answer"]
    body = Snapshot.objects.get(measure_key="03").body
    assert body["standing"] == {
        "state": "fixed",
        "measure_state": "running",
        "progress": {"done": 1, "due": 1, "total": 3},
    }
    assert [entry.verb for entry in history(report)][-1] == "plan.report.fixed"


def test_what_is_missing_when_the_period_closes_is_fixed_when_it_comes(report, lead, office):
    periods.close_period(FIRST, actor=None, now=datetime(2020, 12, 1, tzinfo=UTC))
    assert not Snapshot.objects.exists()
    submitted(report, lead)
    confirmed = reports.confirm(report.pk, actor=office, now=datetime(2020, 12, 20, tzinfo=UTC))
    assert confirmed.state == Report.State.FIXED
    assert Snapshot.objects.get().measure_key == "03"


def test_a_difference_needs_its_reason_and_a_delay_its_forecast(report, lead):
    write(report, lead, MID_OCTOBER, s1={"started_on": "2020-09-10"})
    with pytest.raises(Incomplete) as refused:
        reports.submit(report.pk, actor=lead, now=MID_OCTOBER)
    assert refused.value.gaps == ["「設計」は遅れています。見込みの終わりを書いてください。"]
    write(report, lead, MID_OCTOBER, s1={"forecast_last": "2020H2"})
    with pytest.raises(Incomplete) as refused:
        reports.submit(report.pk, actor=lead, now=MID_OCTOBER)
    assert refused.value.gaps == ["「設計」は計画と時期が違います。理由を書いてください。"]
    write(report, lead, MID_OCTOBER, s1={"reason": "仕様の確認に時間がかかった"})
    assert reports.submit(report.pk, actor=lead, now=MID_OCTOBER).state == "submitted"


def test_nothing_is_written_after_it_was_handed_in(report, lead):
    submitted(report, lead)
    with pytest.raises(NotPossibleNow):
        reports.save(report.pk, edits(report, s2={"comment": "あとから"}), actor=lead, now=MID_OCTOBER)
    assert Line.objects.get(report=report, step__key="2").comment == ""


def test_the_first_report_of_begun_work_locks_the_baseline_for_good(report, lead):
    submitted(report, lead)
    baseline = Baseline.objects.get(measure_key="03")
    assert baseline.body["estimate_thousand_yen"] == 3000
    assert [step["last"] for step in baseline.body["schedule"]] == ["2020H1", "2020H2", "2022H2"]
    for statement in ("UPDATE plan_baseline SET digest = 'x'", "DELETE FROM plan_baseline"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_facts_are_carried_into_the_next_period_and_words_are_not(report, lead, office):
    submitted(report, lead)
    reports.confirm(report.pk, actor=office, now=MID_OCTOBER)
    second = periods.open_period(FIRST.next, actor=None, now=datetime(2021, 4, 1, 3, tzinfo=UTC))
    line = second.reports.get(measure_key="03").lines.get(step__key="1")
    assert (line.started_on, line.finished_on, line.comment) == (date(2020, 4, 10), date(2020, 9, 1), "")


# two people at one table


def test_two_people_in_different_fields_both_keep_their_words(report, lead):
    other = make_staff("welfare", "viewer")
    assert other != lead
    first, second = edits(report, s1={"comment": "一人め"}), edits(report, s1={"reason": "二人め"})
    reports.save(report.pk, first, actor=lead, now=MID_OCTOBER)
    saved = reports.save(report.pk, second, actor=lead, now=MID_OCTOBER)
    line = report.lines.get(step__key="1")
    assert (line.comment, line.reason, saved.met) == ("一人め", "二人め", [])


def test_a_whole_form_posted_back_does_not_undo_what_somebody_else_wrote_meanwhile(report, lead):
    stale = edits(report, s1={"comment": ""}, s2={"comment": "二つめ"})
    write(report, lead, MID_OCTOBER, s1={"comment": "先に書いた"})
    reports.save(report.pk, stale, actor=lead, now=MID_OCTOBER)
    assert report.lines.get(step__key="1").comment == "先に書いた"
    assert report.lines.get(step__key="2").comment == "二つめ"


def test_two_texts_in_one_field_are_both_kept_until_a_person_chooses(report, lead):
    first, second = edits(report, s1={"comment": "ことばA"}), edits(report, s1={"comment": "ことばB"})
    reports.save(report.pk, first, actor=lead, now=MID_OCTOBER)
    saved = reports.save(report.pk, second, actor=lead, now=MID_OCTOBER)
    assert saved.met == ["1.comment"]
    aside = Aside.objects.get()
    assert (report.lines.get(step__key="1").comment, aside.text) == ("ことばA", "ことばB")
    with pytest.raises(Incomplete):
        reports.submit(report.pk, actor=lead, now=MID_OCTOBER)
    reports.settle(aside.pk, "ことばAとB", actor=lead, now=MID_OCTOBER)
    assert report.lines.get(step__key="1").comment == "ことばAとB"
    assert not Aside.objects.filter(resolved_at=None).exists()


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"started_on": "2020-13-01"}, "1.started_on"),
        ({"started_on": "2030-01-01"}, "1.started_on"),
        ({"finished_on": "2020-09-01"}, "1.finished_on"),
        ({"started_on": "2020-09-01", "finished_on": "2020-08-01"}, "1.finished_on"),
        ({"forecast_first": "2021H2", "forecast_last": "2021H1"}, "1.forecast_last"),
        ({"forecast_first": "来年"}, "1.forecast_first"),
        ({"comment": "あ" * 2001}, "1.comment"),
    ],
)
def test_a_refused_cell_is_named_and_the_others_are_kept(report, lead, fields, refused):
    saved = reports.save(report.pk, edits(report, s1=fields, s2={"comment": "残る"}), actor=lead, now=MID_OCTOBER)
    assert refused in saved.refused
    assert report.lines.get(step__key="2").comment == "残る"
    line = report.lines.get(step__key="1")
    assert line.finished_on is None
    assert not (line.forecast_first and line.forecast_last)


# who may do what


@pytest.mark.parametrize(
    ("section", "role", "may_write", "may_remark", "may_check"),
    [
        ("welfare", "clerk", True, True, False),  # 主管課
        ("citizens", "clerk", False, True, False),  # 関係課
        ("library", "clerk", False, False, False),  # 他の課
        ("welfare", "viewer", False, False, False),
        ("planning", "planner", False, False, True),  # 計画の担当課
        ("planning", "council", False, False, False),
        ("planning", "auditor", False, False, False),
    ],
)
def test_who_may_write_comment_and_check(report, lead, section, role, may_write, may_remark, may_check):
    actor = lead if (section, role) == ("welfare", "clerk") else make_staff(section, role)
    acts = {
        "write": lambda: reports.save(report.pk, edits(report, s1={"comment": "x"}), actor=actor, now=MID_OCTOBER),
        "remark": lambda: reports.remark(report.pk, "意見", actor=actor, now=MID_OCTOBER),
        "check": lambda: reports.confirm(report.pk, actor=actor, now=MID_OCTOBER),
    }

    def allowed(name):
        if name == "check":
            Report.objects.filter(pk=report.pk).update(state="submitted")
        try:
            acts[name]()
        except NotAllowed:
            return False
        return True

    assert (allowed("write"), allowed("remark"), allowed("check")) == (may_write, may_remark, may_check)


# reminders


def test_reminders_come_before_and_after_the_due_date_and_once_a_day(opened, lead):
    before = Notice.objects.count()
    for day, sections in (
        (date(2020, 10, 16), 0),
        (date(2020, 10, 17), 6),
        (date(2020, 11, 1), 6),
        (date(2020, 11, 3), 0),
    ):
        assert periods.remind(today=day) == sections
        assert periods.remind(today=day) == sections
    assert Notice.objects.count() == before + 2


def test_a_section_that_reported_is_left_alone(opened, lead):
    for report in opened.reports.filter(section_key="welfare"):
        submitted(report, lead)
    assert periods.remind(today=date(2020, 11, 1)) == 5
