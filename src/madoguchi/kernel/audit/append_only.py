"""Tables that the database itself keeps from being changed: rows are added, never updated and never dropped."""

from typing import Any

from django.db import migrations

MESSAGE = "this table is append-only"


def creating(table: str, vendor: str) -> list[str]:
    """The statements after which `table` refuses update, delete and truncate. Trigger names follow the table's."""
    if vendor == "postgresql":
        return [
            f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table}: {MESSAGE}'; END $$""",
            f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
            f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
        ]
    return [
        f"""CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table}: {MESSAGE}'); END"""
        for act in ("UPDATE", "DELETE")
    ]


def dropping(table: str, vendor: str) -> list[str]:
    """What lifts the refusal again."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}" for act in ("change", "truncate")]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{act}" for act in ("update", "delete")]


def append_only(table: str) -> migrations.RunPython:
    """A migration's operation. The table's model says `APPEND_ONLY = True`, so that tests can empty it between them."""

    def create(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
        for statement in creating(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def drop(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
        for statement in dropping(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return migrations.RunPython(create, drop)
