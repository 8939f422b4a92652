"""For tests: lifting the refusal of append-only tables, long trails at once, and the verbs there are."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connection

from madoguchi.kernel.audit.append_only import creating, dropping
from madoguchi.kernel.audit.chain import START, digest
from madoguchi.kernel.audit.models import Line
from madoguchi.kernel.audit.queries import last_line
from madoguchi.kernel.audit.verbs import verb_names
from madoguchi.lib import clock

__all__ = ["chained", "emptied_for_a_test", "grow", "verb_names"]


@contextmanager
def emptied_for_a_test() -> Iterator[None]:
    """Lift the refusal while a test database is emptied, or forged."""
    tables = [model._meta.db_table for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]
    with connection.cursor() as cursor:
        for table in tables:
            for statement in dropping(table, connection.vendor):
                cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for table in tables:
            for statement in creating(table, connection):
                cursor.execute(statement)


def grow(count: int) -> None:
    """So many lines at the end of the trail, at once."""
    number, digest = last_line()
    Line.objects.bulk_create(chained(count, after=number, previous=digest or START), batch_size=500)


def chained(count: int, *, after: int = 0, previous: str = START) -> Iterable[Line]:
    """So many lines as `record` would write them, for a trail that ends with line `after`."""
    begin = clock.now()
    for number in range(after + 1, after + count + 1):
        content: dict[str, Any] = {
            "number": number,
            "at": begin + timedelta(milliseconds=number),
            "verb": "procedures.case.viewed" if number % 3 else "procedures.case.submitted",
            "actor": f"accounts.person:{number % 500}",
            "target": f"procedures.case:{number // 4}",
            "detail": {"purpose": "procedures.review"} if number % 3 else {"procedure": "resident-record-copy"},
            "previous": previous,
        }
        previous = digest(**content)
        yield Line(**content, digest=previous)
