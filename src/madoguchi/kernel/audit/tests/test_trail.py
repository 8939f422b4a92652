"""The trail: inside the act's transaction, chained, refused by the database itself."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from madoguchi.kernel.audit.chain import NotCanonical
from madoguchi.kernel.audit.models import Head, Line, Stamp, Tile
from madoguchi.kernel.audit.public import PurposeMissing, act_name, history, look, record

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


def test_a_look_is_recorded_with_its_purpose():
    look("audit.trail.viewed", actor=None, target="audit.trail", purpose="audit.inspection")
    line = Line.objects.get()
    assert line.detail == {"purpose": "audit.inspection"}
    assert act_name(line) == "監査記録を調べた（監査のため）"


@pytest.mark.parametrize("purpose", ["", "curiosity", "隣の人のことが知りたい"])
def test_a_look_without_a_registered_purpose_is_refused(purpose):
    with pytest.raises(PurposeMissing):
        look("audit.trail.viewed", actor=None, target="audit.trail", purpose=purpose)
    assert not Line.objects.exists()


def test_nobody_records_a_look_without_giving_a_purpose():
    with pytest.raises(PurposeMissing):
        record("audit.trail.viewed", actor=None, target="audit.trail")


@pytest.mark.parametrize("detail", [{"n": 1.5}, {1: "x"}, {"n": b"x"}, {"deep": [{"n": 1e16}]}])
def test_what_one_database_would_give_back_otherwise_is_refused(detail):
    with pytest.raises(NotCanonical):
        record(VERB, actor=None, target="thing:1", detail=detail)


APPEND_ONLY = [model for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]


@pytest.fixture
def a_row_each():
    some_lines()
    moment = Line.objects.first().at
    head = Head.objects.create(day=moment.date(), taken_at=moment, size=4, root="0" * 64)
    Stamp.objects.create(head=head, response=b"x", stamped_at=moment)
    Tile.objects.create(place=0, root="0" * 64)


@pytest.mark.parametrize("model", [Line, Tile, Head, Stamp], ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET id = id + 1",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})",
    ],
)
@pytest.mark.usefixtures("a_row_each")
def test_the_database_refuses_to_change_or_drop_a_row(model, statement):
    before = model.objects.count()
    refused_by_the_database(statement.format(table=model._meta.db_table))
    assert model.objects.count() == before > 0


def refused_by_the_database(statement, parameters=()):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.parametrize("key", ["number", "digest", "id"])
def test_sqlite_refuses_to_replace_a_row_by_inserting(key):
    """REPLACE drops the old row without asking the trigger on DELETE (sqlite.org/lang_createtrigger.html)."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    some_lines()
    new = {"id": 99, "number": 99, "digest": "f" * 64} | {key: getattr(Line.objects.get(number=2), key)}
    refused_by_the_database(
        "INSERT OR REPLACE INTO audit_line (id, number, digest, at, verb, actor, target, detail, previous) "
        "VALUES (%s, %s, %s, '2026-01-01', 'x', 'x', 'x', '{}', '')",
        list(new.values()),
    )


def test_postgresql_refuses_to_update_by_inserting():
    if connection.vendor != "postgresql":
        pytest.skip("the same words are refused by SQLite as an update")
    some_lines()
    refused_by_the_database(
        "INSERT INTO audit_line (number, digest, at, verb, actor, target, detail, previous) "
        "VALUES (2, 'x', now(), 'x', 'x', 'x', '{}', '') ON CONFLICT (number) DO UPDATE SET verb = 'x'"
    )


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model._meta.label)
def test_postgresql_refuses_truncate(model):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    refused_by_the_database(f"TRUNCATE {model._meta.db_table} CASCADE")
