"""Tables that the database itself keeps from being changed: rows are added, never updated and never dropped."""

from typing import Any

from django.db import migrations

MESSAGE = "this table is append-only"


def creating(table: str, connection: Any) -> list[str]:
    """The statements after which `table` refuses update, delete and truncate. Trigger names follow the table's."""
    if connection.vendor == "postgresql":
        return [
            f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{table}: {MESSAGE}'; END $$""",
            f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
            f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
        ]
    refuse = f"SELECT RAISE(ABORT, '{table}: {MESSAGE}')"
    # INSERT OR REPLACE drops the old row without asking the trigger on DELETE
    replaced = f"SELECT 1 FROM {table} WHERE {_same_row(table, connection)}"  # noqa: S608 - names of the schema
    return [
        *(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN {refuse}; END" for act in _ACTS),
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({replaced}) BEGIN {refuse}; END",
    ]


_ACTS = ("UPDATE", "DELETE")


def _same_row(table: str, connection: Any) -> str:
    """SQL for "a row that the new one would replace": equal in the columns of any unique constraint."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table).values()
        primary = connection.introspection.get_primary_key_column(cursor, table)  # no constraint where it is the rowid
    unique = {tuple(found["columns"]) for found in constraints if found["unique"] and None not in found["columns"]}
    keys = sorted({(primary,), *unique})
    return " OR ".join("(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in keys)


def dropping(table: str, vendor: str) -> list[str]:
    """What lifts the refusal again."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}" for act in ("change", "truncate")]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{act}" for act in ("update", "delete", "replace")]


def append_only(*tables: str) -> migrations.RunPython:
    """A migration's operation. The tables' models say `APPEND_ONLY = True`, so that tests can empty them between them.

    Safe to run again for a table that refuses already.
    """

    def create(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
        connection = schema_editor.connection
        for table in tables:
            for statement in [*dropping(table, connection.vendor), *creating(table, connection)]:
                schema_editor.execute(statement)

    def drop(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
        for table in tables:
            for statement in dropping(table, schema_editor.connection.vendor):
                schema_editor.execute(statement)

    return migrations.RunPython(create, drop)
