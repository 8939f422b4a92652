"""Paper answers: one slip, one sheet, two people; what is printed."""

import io

import pytest
from pypdf import PdfReader

from madoguchi.services.surveys import actions, documents, testing
from madoguchi.services.surveys.errors import CodeUsed, NotPossibleNow
from madoguchi.services.surveys.models import Sheet

SAME = {"age": "a40", "media": ["web", "paper"], "used": "no"}


@pytest.fixture
def running(planner):
    return testing.make_running(planner)


def receive(survey, serial, actor):
    actions.receive_paper(survey.pk, testing.code(survey, serial), actor=actor, today=testing.OPENS)


def test_two_people_who_read_the_same_settle_a_sheet(running, planner, keyer):
    receive(running, 1, planner)
    actions.key_sheet(running.pk, 1, SAME, actor=planner)
    found = actions.key_sheet(running.pk, 1, {**SAME, "media": ["paper", "web"]}, actor=keyer)
    assert found.is_agreed
    assert sorted(found.agreed["media"]) == ["paper", "web"]


def test_nobody_keys_a_sheet_twice(running, planner, keyer):
    receive(running, 1, planner)
    actions.key_sheet(running.pk, 1, SAME, actor=planner)
    with pytest.raises(NotPossibleNow):
        actions.key_sheet(running.pk, 1, SAME, actor=planner)


def test_what_they_read_differently_is_chosen_by_question(running, planner, keyer):
    receive(running, 1, planner)
    actions.key_sheet(running.pk, 1, SAME, actor=planner)
    actions.key_sheet(running.pk, 1, {**SAME, "age": "a18", "opinion": "あり"}, actor=keyer)
    with pytest.raises(NotPossibleNow):
        actions.resolve_sheet(running.pk, 1, {"age": "first"}, actor=planner)
    found = actions.resolve_sheet(running.pk, 1, {"age": "first", "opinion": "second"}, actor=planner)
    assert (found.agreed["age"], found.agreed["opinion"]) == ("a40", "あり")


def test_a_code_counts_once_on_line_or_on_paper(running, planner):
    testing.answer_online(running, 1, {"used": "no"})
    with pytest.raises(CodeUsed):
        receive(running, 1, planner)
    receive(running, 2, planner)
    with pytest.raises(CodeUsed):
        actions.enter(testing.code(running, 2), today=testing.OPENS)


def test_no_more_sheets_than_slips(running, planner):
    with pytest.raises(NotPossibleNow):
        actions.key_sheet(running.pk, 1, SAME, actor=planner)
    assert not Sheet.objects.exists()


def test_the_box_stays_closed_while_a_sheet_is_open_or_days_are_left(running, planner, keyer):
    receive(running, 1, planner)
    actions.key_sheet(running.pk, 1, SAME, actor=planner)
    with pytest.raises(NotPossibleNow):
        actions.open_box(running.pk, actor=planner, today=testing.AFTER)
    actions.key_sheet(running.pk, 1, SAME, actor=keyer)
    with pytest.raises(NotPossibleNow):
        actions.open_box(running.pk, actor=planner, today=testing.CLOSES)
    testing.answer_online(running, 2, {"used": "yes", "satisfied": "s3"})
    opened = actions.open_box(running.pk, actor=planner, today=testing.AFTER)
    assert opened.answers == 2
    assert sorted(bytes(opened.columns.get(item="satisfied").codes)) == [1, 255]  # asked of one, not of the other


def test_each_letter_is_one_page_with_its_code_and_no_name(running):
    codes = list(running.codes.order_by("serial")[:3])
    pdf = PdfReader(io.BytesIO(documents.letters_pdf(running, codes)))
    assert len(pdf.pages) == 3
    for page, code in zip(pdf.pages, codes, strict=True):
        words = "".join(page.extract_text().split())
        shown = testing.code(running, code.serial)
        assert words.count(f"{shown[:5]}-{shown[5:]}") == 2  # in the panel and on the slip
        assert f"整理番号{code.serial}" in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize(("register", "word"), [("ja", "自由にお書きください"), ("ja-easy", "書"), ("en", "Anything")])
def test_the_questionnaire_is_printed_with_every_question_and_branch(running, register, word):
    with documents.in_register(register):
        pdf = PdfReader(io.BytesIO(documents.questionnaire_pdf(running)))
    words = "".join("".join(page.extract_text() for page in pdf.pages).split())
    assert word in words
    assert pdf.trailer["/Root"]["/Lang"] == ("en" if register == "en" else "ja")
    for question in running.questionnaire.questions():
        if register == "ja":
            assert question.label.ja in words
    if register == "ja":
        assert "「ある」と答えた方" in words
