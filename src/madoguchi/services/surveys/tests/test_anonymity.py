"""The code proves the right to answer; nothing that is kept leads from it to the answer."""

import json
import random
from unittest import mock

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models

from madoguchi.kernel.accounts.testing import make_resident, signed_in
from madoguchi.services.surveys import actions, sampling, testing
from madoguchi.services.surveys.models import Code, Column, Draft, Envelope, Remarks
from madoguchi.services.surveys.views import WRONG_CODES

Line = apps.get_model("audit", "Line")
Attempts = apps.get_model("accounts", "Attempts")
ANSWER = {"used": "no", "age": "a18", "opinion": "とくにありません"}


@pytest.fixture
def running(planner):
    return testing.make_running(planner)


def test_nothing_that_holds_answers_has_a_column_for_a_code_a_person_or_a_time():
    allowed = {
        Envelope: {"id", "survey", "answers"},
        Draft: {"id", "survey", "token_index", "answers", "kept_until"},  # kept_until is the same for a day
        Column: {"id", "survey", "item", "codes"},
        Remarks: {"id", "survey", "question", "texts"},
    }
    for model, names in allowed.items():
        assert {field.name for field in model._meta.get_fields()} == names
    assert isinstance(Code._meta.get_field("used_on"), models.DateField)
    assert not isinstance(Code._meta.get_field("used_on"), models.DateTimeField)
    assert not any(field.related_model in allowed for field in Code._meta.get_fields() if field.related_model)


def test_the_box_has_no_order_of_arrival(running):
    """Ids are drawn at random, and on SQLite they are the place in the file too."""
    for serial in range(1, 9):
        testing.answer_online(running, serial, {**ANSWER, "opinion": str(serial)})
    by_id = [int(found.answers["opinion"]) for found in Envelope.objects.order_by("pk")]
    assert sorted(by_id) == list(range(1, 9))
    assert len({found.pk // 2**40 for found in Envelope.objects.all()}) > 1, "ids lie all over the range"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid = id FROM surveys_envelope")
            assert {row[0] for row in cursor.fetchall()} == {1}


def test_opened_data_stand_in_an_order_of_their_own(planner, monkeypatch):
    from madoguchi.services.surveys.actions import opening

    monkeypatch.setattr(opening, "SHUFFLE", random.Random(7))
    answers = [{**ANSWER, "age": "a18" if number < 10 else "a40"} for number in range(20)]
    survey = testing.make_opened(planner, answers)
    ages = bytes(survey.columns.get(item="age").codes)
    assert (ages.count(1), ages.count(2)) == (10, 10)
    assert ages != bytes([1] * 10 + [2] * 10)


def test_opening_leaves_neither_the_box_nor_the_old_rows_of_the_codes(running, planner):
    for serial in (5, 1, 3):
        testing.answer_online(running, serial, ANSWER)
    before = set(running.codes.values_list("pk", flat=True))
    actions.open_box(running.pk, actor=planner, today=testing.AFTER)
    assert not before & set(running.codes.values_list("pk", flat=True))
    assert running.codes.exclude(use="").count() == 3
    assert not Envelope.objects.exists()
    assert not Draft.objects.exists()


def test_on_postgresql_the_codes_no_longer_tell_by_which_transaction_they_were_used(running, planner):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no transaction numbers")
    for serial in (5, 1, 3):
        testing.answer_online(running, serial, ANSWER)
    actions.open_box(running.pk, actor=planner, today=testing.AFTER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM surveys_code WHERE survey_id = %s", [running.pk])
        assert cursor.fetchone() == (1,)


def test_answering_writes_no_line_in_the_trail_and_touches_no_session(running, settings):
    """Not even when a resident is signed in while answering."""
    browser = signed_in(make_resident())
    lines, sessions = Line.objects.count(), list(Session.objects.values_list("session_data", "expire_date"))
    code = testing.code(running, 1)
    walk(browser, running, code, ANSWER)
    assert Line.objects.count() == lines
    assert list(Session.objects.values_list("session_data", "expire_date")) == sessions
    assert Envelope.objects.count() == 1


def walk(browser, survey, code, answers):
    """Through the pages as a person does, on the first day."""
    from unittest import mock

    with mock.patch("madoguchi.lib.clock.today", return_value=testing.OPENS):
        response = browser.post("/surveys/enter/", {"code": code.lower()})
        while response.status_code == 302 and "/pages/" in response["Location"]:
            response = browser.post(response["Location"], answers)
        assert response["Location"].endswith("/answer/check/"), response
        response = browser.post(response["Location"])
        assert response["Location"].endswith("/answer/done/")
        return response


def test_the_code_is_nowhere_in_the_database_and_not_in_the_cookie(running, client):
    code = testing.code(running, 1)
    walk(client, running, code, ANSWER)
    assert "survey_answer" in client.cookies
    for cookie in client.cookies.values():
        assert code not in cookie.value
    for model in apps.get_models():
        for row in model._base_manager.values():
            assert code not in json.dumps(row, default=str), model


def test_the_cookie_is_taken_away_when_the_answer_is_in_the_box(running, client):
    response = walk(client, running, testing.code(running, 1), ANSWER)
    assert response.cookies["survey_answer"]["max-age"] == 0
    assert response.cookies["survey_answer"]["path"] == "/surveys/"


def test_names_of_the_list_are_not_kept(running):
    for model in apps.get_models():
        for row in model._base_manager.values():
            assert "架空 7" not in json.dumps(row, default=str, ensure_ascii=False), model


def test_an_answer_cannot_be_handed_in_twice(running):
    from madoguchi.services.surveys.errors import CodeUsed

    testing.answer_online(running, 1, ANSWER)
    with pytest.raises(CodeUsed):
        testing.answer_online(running, 1, ANSWER)
    assert Envelope.objects.count() == 1


def test_two_browsers_with_one_code_give_one_answer(running):
    from madoguchi.services.surveys.errors import CodeUsed

    code = testing.code(running, 1)
    tokens = [actions.enter(code, today=testing.OPENS)[1] for _ in range(2)]
    first, second = (actions.answering.draft_of(running.key, token) for token in tokens)
    for draft in (first, second):
        actions.save_page(draft, ANSWER, today=testing.OPENS)
    actions.hand_in(first, code, today=testing.OPENS)
    with pytest.raises(CodeUsed):
        actions.hand_in(second, code, today=testing.OPENS)
    assert Envelope.objects.count() == 1


def test_a_draft_nobody_came_back_to_is_forgotten(running):
    from datetime import timedelta

    actions.enter(testing.code(running, 1), today=testing.OPENS)
    actions.enter(testing.code(running, 2), today=testing.OPENS + timedelta(days=1))
    assert Draft.objects.count() == 2
    actions.enter(testing.code(running, 3), today=testing.OPENS + timedelta(days=2))
    assert Draft.objects.count() == 2


def test_codes_cannot_be_guessed_without_end(planner, client):
    """Whoever tried too many gets no further, not even with a right code; somebody else does."""
    survey = testing.make_running(planner)
    right, wrong = {"code": testing.code(survey, 1)}, {"code": sampling.code_of(survey.secret, 9999, 0)}
    with mock.patch("madoguchi.services.surveys.views.clock.today", return_value=testing.OPENS):
        for _ in range(WRONG_CODES.most + 1):
            assert client.post("/surveys/enter/", wrong).status_code == 400
        refused = client.post("/surveys/enter/", right)
        assert refused.status_code == 400
        assert "受け付けません" in refused.content.decode()
        assert client.post("/surveys/enter/", right, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_right_code_leaves_no_trace_of_the_address(planner, client):
    survey = testing.make_running(planner)
    with mock.patch("madoguchi.services.surveys.views.clock.today", return_value=testing.OPENS):
        assert client.post("/surveys/enter/", {"code": testing.code(survey, 1)}).status_code == 302
    assert not Attempts.objects.exists()
