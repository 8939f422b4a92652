"""Figures that are fixed stay, whatever the services do afterwards."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from madoguchi.kernel.audit.public import first_break, history
from madoguchi.kernel.evidence import actions
from madoguchi.kernel.evidence.models import Frozen
from madoguchi.kernel.evidence.public import AlreadyFrozen, NotOver, Period, freeze, frozen

HALF = Period(date(2020, 4, 1), date(2020, 9, 30))
# 24:00 of 30 September in Tokyo
AFTER = datetime(2020, 9, 30, 15, 0, tzinfo=UTC)
KEY = "procedures.cases"


@pytest.fixture
def value(monkeypatch):
    """What the service answers, as a list whose only item a test may change."""
    answer = [41]
    monkeypatch.setattr("madoguchi.services.procedures.evidence.cases_submitted", lambda _: answer[0])
    return answer


@pytest.mark.django_db
def test_a_fixed_figure_stays_when_the_service_counts_something_else(value):
    fixed = freeze(KEY, HALF, actor=None, now=AFTER)
    value[0] = 7
    found = frozen(KEY, HALF)
    assert (found.pk, found.value, found.number, found.at) == (fixed.pk, 41, 1, AFTER)
    assert found.text("unit").en == "cases"
    assert found.measures == ["25"]
    assert len(found.code_digest) == 64


@pytest.mark.django_db
def test_fixing_twice_with_the_same_value_leaves_one_row_and_one_audit_line(value):
    first = freeze(KEY, HALF, actor=None, now=AFTER)
    again = freeze(KEY, HALF, actor=None, now=AFTER, correcting="念のため")
    assert again.pk == first.pk
    assert len(history(first)) == 1


@pytest.mark.django_db
def test_another_value_needs_a_reason_and_leaves_the_first_beside_it(value):
    freeze(KEY, HALF, actor=None, now=AFTER)
    value[0] = 42
    with pytest.raises(AlreadyFrozen, match="was fixed as 41 on 2020-10-01 and is 42 now"):
        freeze(KEY, HALF, actor=None, now=AFTER)
    freeze(KEY, HALF, actor=None, now=AFTER, correcting="二重に数えていた")
    assert frozen(KEY, HALF).value == 42
    assert list(Frozen.objects.values_list("number", "value", "reason")) == [(1, 41, ""), (2, 42, "二重に数えていた")]


@pytest.mark.django_db
def test_unknown_is_fixed_as_unknown_and_not_as_zero(value):
    value[0] = None
    assert freeze(KEY, HALF, actor=None, now=AFTER).value is None
    value[0] = 0
    with pytest.raises(AlreadyFrozen):
        freeze(KEY, HALF, actor=None, now=AFTER)


@pytest.mark.django_db
def test_a_period_that_still_runs_in_the_city_is_refused(value):
    with pytest.raises(NotOver):
        freeze(KEY, HALF, actor=None, now=datetime(2020, 9, 30, 14, 59, 59, tzinfo=UTC))


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE evidence_frozen SET value = '1'", "DELETE FROM evidence_frozen"])
def test_the_database_refuses_to_change_or_drop_a_fixed_figure(value, statement):
    freeze(KEY, HALF, actor=None, now=AFTER)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert frozen(KEY, HALF).value == 41


@pytest.mark.django_db
def test_the_trail_holds_the_digest_of_what_was_fixed(value):
    fixed = Frozen.objects.get(pk=freeze(KEY, HALF, actor=None, now=AFTER).pk)
    (line,) = history(fixed)
    assert line.detail["digest"] == fixed.digest == actions.digest_of(fixed)
    fixed.value = 40
    assert actions.digest_of(fixed) != line.detail["digest"]
    assert first_break() is None


def test_a_period_ends_on_or_after_its_first_day():
    assert Period(date(2020, 4, 1), date(2020, 4, 1))
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2020, 4, 2), date(2020, 4, 1))


@pytest.mark.django_db
def test_the_command_fixes_every_figure_and_says_what_stands(example_city, capsys):
    call_command("evidence", "freeze", "2020-04-01", "2020-09-30")
    said = capsys.readouterr().out
    assert "procedures.cases: 0 件 · fixed 0" in said
    assert "procedures.in_time_percent: None ％ · fixed None" in said
    with pytest.raises(CommandError, match="no service gives"):
        call_command("evidence", "show", "2020-04-01", "2020-09-30", "--key", "nothing.there")
