"""The index over the tokens. SQLite: FTS5 beside the table, kept by triggers (fts5.html#external_content_tables)."""

from typing import Any

from django.db import migrations

DROP = "INSERT INTO search_tokens(search_tokens, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
ADD = "INSERT INTO search_tokens(rowid, tokens) VALUES (new.id, new.tokens);"
SQLITE = [
    """CREATE VIRTUAL TABLE search_tokens USING fts5(
        tokens, content='search_indexed', content_rowid='id', tokenize='ascii', detail='none', columnsize=0)""",
    f"CREATE TRIGGER search_tokens_add AFTER INSERT ON search_indexed BEGIN {ADD} END",
    f"CREATE TRIGGER search_tokens_drop AFTER DELETE ON search_indexed BEGIN {DROP} END",
    f"CREATE TRIGGER search_tokens_change AFTER UPDATE OF tokens ON search_indexed BEGIN {DROP} {ADD} END",
]
NO_SQLITE = [
    "DROP TRIGGER search_tokens_change",
    "DROP TRIGGER search_tokens_drop",
    "DROP TRIGGER search_tokens_add",
    "DROP TABLE search_tokens",
]
POSTGRESQL = [
    "CREATE INDEX search_tokens ON search_indexed USING gin (array_to_tsvector(string_to_array(tokens, ' ')))"
]
NO_POSTGRESQL = ["DROP INDEX search_tokens"]


def create(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    for statement in NO_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else NO_SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
