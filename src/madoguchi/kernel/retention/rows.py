"""Rules that one table is enough for: which rows are past their period, and how one goes."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from madoguchi.kernel.citydata.public import parameter
from madoguchi.kernel.files.public import discard
from madoguchi.lib import clock, keeping
from madoguchi.lib.keeping import Due, Rows


def due(rows: Rows, today: date) -> Iterator[Due]:
    """By the city's period, streaming; without one nothing is due."""
    years = _years(rows, today)
    if years is None:
        return
    label = rows.model.lower()
    for pk, ended, *people in (
        _over(rows, today, years).order_by("pk").values_list("pk", rows.ended, *rows.people).iterator(chunk_size=2000)
    ):
        day = clock.day_of(ended) if isinstance(ended, datetime) else ended
        persons = [f"accounts.person:{key}" for key in people if key]
        yield Due(pk, keeping.due_on(day, years), (f"{label}:{pk}", *persons))


def erase(rows: Rows, pk: int, now: datetime) -> list[str]:
    """The marks of the keys that went. Raises: DoesNotExist for what is gone, named again or not past its period."""
    today = clock.day_of(now)
    years = _years(rows, today)
    model = _model(rows)
    if years is None:
        raise model.DoesNotExist
    model._base_manager.select_for_update(of=("self",)).get(pk=pk)
    row = _over(rows, today, years).get(pk=pk)
    file = getattr(row, rows.file) if rows.file else None
    row.delete()
    if file is None:
        return []
    discard(file, actor=None)
    return [hashlib.sha256(file.seal_key.encode()).hexdigest()] if file.seal_key else []


def _model(rows: Rows) -> Any:
    return apps.get_model(rows.model)


def _years(rows: Rows, today: date) -> int | None:
    try:
        return int(parameter(rows.years, on=today).value)
    except LookupError:
        return None


def _over(rows: Rows, today: date, years: int) -> QuerySet[Any]:
    before = keeping.ended_before(today, years)
    model = _model(rows)
    ended = _field(model, rows.ended)
    limit = clock.start_of(before) if isinstance(ended, models.DateTimeField) else before
    found = model._base_manager.filter(**rows.only, **{f"{rows.ended}__lt": limit})
    return _unnamed(found, model)


def _field(model: Any, path: str) -> models.Field[Any, Any]:
    """The field at the end of a path through relations."""
    *relations, last = path.split("__")
    for name in relations:
        model = model._meta.get_field(name).related_model
    found: models.Field[Any, Any] = model._meta.get_field(last)
    return found


def _unnamed(found: QuerySet[Any], model: Any) -> QuerySet[Any]:
    """Rows whom nothing protects: rows that would go with them do not count."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is models.PROTECT:
            column = relation.remote_field.name
            named = relation.related_model._base_manager.filter(**{column: models.OuterRef("pk")})  # type: ignore[union-attr]
            found = found.filter(~models.Exists(named))
    return found
