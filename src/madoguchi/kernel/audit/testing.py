"""For tests: the database of a test is emptied between tests, which the trail otherwise refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection

_refuse = import_module("madoguchi.kernel.audit.migrations.0002_refuse_changes")

DROP = {
    "sqlite": ["DROP TRIGGER IF EXISTS audit_line_no_update", "DROP TRIGGER IF EXISTS audit_line_no_delete"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS audit_line_no_change ON audit_line",
        "DROP TRIGGER IF EXISTS audit_line_no_truncate ON audit_line",
    ],
}


@contextmanager
def emptied_for_a_test() -> Iterator[None]:
    """Lift the refusal while a test database is emptied."""
    create: list[Any] = _refuse.SQLITE if connection.vendor == "sqlite" else _refuse.POSTGRESQL[1:]
    with connection.cursor() as cursor:
        for statement in DROP[connection.vendor]:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in create:
            cursor.execute(statement)
