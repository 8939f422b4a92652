"""For tests: the database of a test is emptied between tests, which append-only tables otherwise refuse."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from madoguchi.kernel.audit.append_only import creating, dropping


@contextmanager
def emptied_for_a_test() -> Iterator[None]:
    """Lift the refusal while a test database is emptied."""
    tables = [model._meta.db_table for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]
    with connection.cursor() as cursor:
        for table in tables:
            for statement in dropping(table, connection.vendor):
                cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for table in tables:
            for statement in creating(table, connection.vendor):
                cursor.execute(statement)
