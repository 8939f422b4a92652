"""The trail: inside the act's transaction, chained, refused by the database itself."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from madoguchi.kernel.audit.chain import broken_links
from madoguchi.kernel.audit.models import Line
from madoguchi.kernel.audit.public import history, record

VERB = "citydata.pack.applied"

pytestmark = pytest.mark.django_db


def some_lines(count: int = 4) -> None:
    with transaction.atomic():
        for number in range(count):
            record(VERB, actor=None, target=f"thing:{number}", detail={"n": number})


@pytest.mark.django_db(transaction=True)
def test_a_line_needs_the_transaction_of_its_act():
    with pytest.raises(transaction.TransactionManagementError):
        record(VERB, actor=None, target="thing:1")


def test_a_verb_nobody_named_is_refused():
    with pytest.raises(KeyError):
        record("citydata.pack.eaten", actor=None, target="thing:1")


def test_history_is_about_one_target_oldest_first():
    some_lines()
    record(VERB, actor=None, target="thing:2", detail={"again": True})
    assert [line.detail for line in history("thing:2")] == [{"n": 2}, {"again": True}]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_line SET verb = 'x' WHERE number = 2", "DELETE FROM audit_line WHERE number = 2"],
)
def test_the_database_refuses_to_change_or_drop_a_line(statement):
    some_lines()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Line.objects.count() == 4


def test_postgresql_refuses_truncate():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    some_lines()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_line")


def lines():
    return list(Line.objects.order_by("number"))


def test_an_untouched_chain_holds(capsys):
    some_lines()
    assert list(broken_links(lines())) == []
    call_command("audit", "verify")
    assert "4 lines, the chain holds" in capsys.readouterr().out


def test_a_changed_line_is_named():
    some_lines()
    found = lines()
    found[1].detail = {"n": 99}
    assert [link.number for link in broken_links(found)] == [2]


def test_a_dropped_line_is_named():
    some_lines()
    found = lines()
    del found[2]
    assert "missing" in next(broken_links(found)).reason


def test_reordered_lines_are_named():
    some_lines()
    found = lines()
    found[1], found[2] = found[2], found[1]
    assert list(broken_links(found))


def test_the_command_fails_loudly_on_a_forged_chain(capsys):
    some_lines()
    Line.objects.create(
        number=5, at=lines()[0].at, verb=VERB, actor="system", target="x", detail={}, previous="0" * 64, digest="f" * 64
    )
    with pytest.raises(CommandError):
        call_command("audit", "verify")
    assert "line 5" in capsys.readouterr().err
