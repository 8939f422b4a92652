"""The rules as tables; expected values from the calendar, the law and the pack."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib.expressions import Expression
from madoguchi.lib.workdays import BusinessCalendar
from madoguchi.services.procedures import rules
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.testing import COPY_ANSWERS

DAYS = BusinessCalendar(frozenset({date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)}))
EXAMPLE = Path(__file__).resolve().parents[5] / "cities" / "example"


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.fixture(scope="module")
def procedures():
    from madoguchi.kernel.citydata.testing import load_pack

    return {item.body.key: item.body for item in load_pack(EXAMPLE).records if item.collection.kind == "procedure"}


@pytest.mark.parametrize(
    ("received", "days", "pauses", "due"),
    [
        ("11-24", 2, [], "11-26"),  # Tuesday → Thursday
        ("11-20", 2, [], "11-25"),  # over a weekend and 勤労感謝の日 (Monday 23)
        ("11-22", 2, [], "11-26"),  # arrived on Sunday: received on Tuesday, the next open day
        ("09-18", 2, [], "09-25"),  # 敬老の日, 国民の休日 and 秋分の日 between
        ("12-28", 1, [], "2027-01-04"),  # 年末年始 of the pack, 元日, a weekend
        ("11-24", 2, [("11-25", "11-30")], "12-01"),  # three open days paused
        ("11-24", 2, [("11-25", "11-25")], "11-26"),  # asked and answered on one day costs nothing
        ("11-24", 10, [("11-25", "11-27"), ("12-01", "12-04")], "12-15"),  # two pauses, two and three days
    ],
)
def test_the_due_date_counts_open_days_and_leaves_corrections_out(received, days, pauses, due):
    given_pauses = [rules.Pause(day(first), day(last)) for first, last in pauses]
    expected = date.fromisoformat(due) if due.startswith("2027") else day(due)
    assert rules.due_on(day(received), days, given_pauses, DAYS) == expected


@given(
    received=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(1, 30),
    pause=st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_a_due_date_is_an_open_day_after_receipt_and_a_pause_only_moves_it_later(received, days, pause):
    first = received + timedelta(days=pause[0])
    paused = rules.due_on(received, days, [rules.Pause(first, first + timedelta(days=pause[1]))], DAYS)
    without = rules.due_on(received, days, [], DAYS)
    assert received < without <= paused
    assert DAYS.is_open(without)


@pytest.mark.parametrize("state", [state.value for state in Case.State])
@pytest.mark.parametrize("act", rules.TRANSITIONS)
def test_transitions(act, state):
    # 補正 only while under examination; nothing after the end; a refusal may end a correction that was not answered
    possible = {
        ("submit", "draft"): "submitted",
        ("ask_correction", "submitted"): "correcting",
        ("answer_correction", "correcting"): "submitted",
        ("approve", "submitted"): "approved",
        ("refuse", "submitted"): "refused",
        ("refuse", "correcting"): "refused",
        ("withdraw", "submitted"): "withdrawn",
        ("withdraw", "correcting"): "withdrawn",
    }
    assert rules.next_state(act, state) == possible.get((act, state))


ANSWERS = {key: value for page in COPY_ANSWERS.values() for key, value in page.items()}


@pytest.mark.parametrize(
    ("changes", "gaps"),
    [
        ({}, []),
        ({"whose": ""}, ["whose"]),
        ({"whose": "member"}, ["whose"]),
        ({"whose": "member", "member_name": "窓口 次郎"}, []),
        ({"copies": None, "delivery": ""}, ["contents", "delivery"]),
        ({"purpose": "other"}, ["contents"]),
        ({"purpose": "other", "purpose_text": "裁判所に出す"}, []),
        ({"items": []}, []),
    ],
)
def test_what_is_missing_depends_on_what_is_visible(procedures, changes, gaps):
    answers = {**ANSWERS, **changes}
    assert [page.key for page in rules.incomplete_pages(procedures["resident-record-copy"], answers)] == gaps


def test_every_row_needs_its_required_parts(procedures):
    procedure = procedures["child-allowance-claim"]
    question = procedure.question("children")
    child = {"name": "あ", "kana": "ア", "birthdate": "2024-05-05", "relation": "child", "together": "together"}
    assert rules.is_answered(question, {"children": [child]})
    assert not rules.is_answered(question, {"children": [child, {**child, "kana": ""}]})
    assert not rules.is_answered(question, {"children": []})


def test_hidden_answers_are_not_handed_in(procedures):
    answers = {**ANSWERS, "member_name": "消した人", "purpose_text": "消した理由"}
    handed_in = rules.submitted_answers(procedures["resident-record-copy"], answers)
    assert "member_name" not in handed_in
    assert "purpose_text" not in handed_in
    assert handed_in["copies"] == 2


@pytest.mark.parametrize(("copies", "yen"), [(1, 200), (2, 400), (10, 2000)])
def test_the_fee_is_copies_times_the_fee_of_the_day(procedures, copies, yen):
    parameters = {"resident_record_copy_fee_yen": 200}
    assert rules.fee_yen(procedures["resident-record-copy"], {"copies": copies}, parameters) == yen


@pytest.mark.parametrize("copies", [None, "two", -1])
def test_a_fee_that_cannot_be_computed_is_an_error_not_a_guess(procedures, copies):
    with pytest.raises(ValueError, match=r"copies|fee rule"):
        rules.fee_yen(procedures["resident-record-copy"], {"copies": copies}, {"resident_record_copy_fee_yen": 200})


@pytest.mark.parametrize(
    ("event", "today", "last_day", "in_time"),
    [
        ("2026-11-20", "2026-12-05", "2026-12-05", True),  # 児童手当法8条3項: the 15th day from the day after
        ("2026-11-20", "2026-12-06", "2026-12-05", False),
        ("2028-02-14", "2028-02-29", "2028-02-29", True),  # leap year
    ],
)
def test_the_deadline_counts_from_the_day_after(procedures, event, today, last_day, in_time):
    found = rules.deadline(procedures["child-allowance-claim"], {"event_on": event}, date.fromisoformat(today))
    assert found == rules.DeadlineCheck(date.fromisoformat(last_day), in_time)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('purpose == "other"', {"purpose"}),
        ("size(rows) > 1 && x", {"rows", "x"}),
        ('a in ["b"]', {"a"}),
        ("a.b", {"a"}),
    ],
)
def test_an_expression_knows_what_it_reads(text, names):
    assert Expression(text).names() == names
