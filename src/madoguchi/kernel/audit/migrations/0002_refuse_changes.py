"""The database itself refuses to change or drop a line of the trail."""

from typing import Any

from django.db import migrations

MESSAGE = "the audit trail is append-only"

SQLITE = [
    f"""CREATE TRIGGER audit_line_no_{act.lower()} BEFORE {act} ON audit_line
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
    for act in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION audit_line_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$""",
    """CREATE TRIGGER audit_line_no_change BEFORE UPDATE OR DELETE ON audit_line
    FOR EACH ROW EXECUTE FUNCTION audit_line_refuse()""",
    """CREATE TRIGGER audit_line_no_truncate BEFORE TRUNCATE ON audit_line
    FOR EACH STATEMENT EXECUTE FUNCTION audit_line_refuse()""",
]


def refuse_changes(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop)]
