"""How long the facts of a resident are kept who signed in once and of whom no record is left."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import models
from django.db.models import QuerySet

from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.citydata.public import parameter
from madoguchi.lib import clock, keeping
from madoguchi.lib.keeping import Due, Rule


def due(today: date) -> Iterator[Due]:
    """Residents whose facts came from the provider that long ago, and whom no record names any more."""
    try:
        years = int(parameter("retention_resident_years", on=today).value)
    except LookupError:
        return
    before = clock.start_of(keeping.ended_before(today, years))
    found = _unnamed().filter(kind=Person.Kind.RESIDENT, facts_at__lt=before).order_by("pk")
    for pk, facts_at in found.values_list("pk", "facts_at").iterator(chunk_size=2000):
        if facts_at:
            yield Due(pk, keeping.due_on(clock.day_of(facts_at), years), (f"accounts.person:{pk}",))


def _unnamed() -> QuerySet[Person]:
    """People whom nothing protects: rows that would go with them do not count."""
    found = Person.objects.all()
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is models.PROTECT:
            column = relation.remote_field.name
            named = relation.related_model._base_manager.filter(**{column: models.OuterRef("pk")})  # type: ignore[union-attr]
            found = found.filter(~models.Exists(named))
    return found


def erase(pk: int, now: datetime) -> list[str]:  # noqa: ARG001 - a rule's shape
    """Raises: DoesNotExist for who is named again, or gone."""
    Person.objects.select_for_update(of=("self",)).get(pk=pk)
    _unnamed().get(pk=pk).delete()
    return []


RULES = [
    Rule(
        key="accounts.resident",
        name="記録のなくなった住民の本人確認の情報",
        period="最後に本人確認をした年度の翌年度の4月1日から、市のデータが定める年数",
        due="madoguchi.kernel.accounts.retention.due",
        erase="madoguchi.kernel.accounts.retention.erase",
        needs_decision=False,
    )
]
