"""経費の行: entered, corrected and taken back by the lead section or the plan office; a table is taken whole or not."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.audit.public import record
from madoguchi.services.plan import access
from madoguchi.services.plan.errors import LineMovedOn, TableMovedOn
from madoguchi.services.plan.models import CostLine, Replaced
from madoguchi.services.plan.queries import costs as queries
from madoguchi.services.plan.queries import reports as reading
from madoguchi.services.plan.rules.costs import YearCost

AMOUNTS = ("thousand_yen", "present_thousand_yen", "actual_thousand_yen")


@transaction.atomic
def write(line: CostLine, *, seen: str, actor: Person) -> CostLine:
    """Enter a line, or correct the one of the same year, kind and source of money.

    `seen` is the token of the line the writer saw, empty where they saw none. Raises: NotAllowed, LineMovedOn.
    """
    access.require(access.may_cost, actor, reading.measure(line.measure_key))
    values = {name: getattr(line, name) for name in queries.AMOUNTS}
    found, created = CostLine.objects.select_for_update().get_or_create(
        **dict(zip(queries.KEY, queries.key_of(line), strict=True)), defaults=values
    )
    if created:
        if seen:
            raise LineMovedOn(line.fiscal_year)
        record("plan.cost.entered", actor=actor, target=found, detail={**_names(found), "after": _amounts(found)})
        return found
    if queries.token(found) != seen:
        raise LineMovedOn(line.fiscal_year)
    before = _amounts(found)
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=[*values])
    detail = {**_names(found), "before": before, "after": _amounts(found)}
    record("plan.cost.corrected", actor=actor, target=found, detail=detail)
    return found


def _names(line: CostLine) -> dict[str, str | int]:
    return dict(zip(queries.KEY, queries.key_of(line), strict=True))


def _amounts(line: CostLine) -> list[int | None]:
    """Planned, present, actual, in thousand yen."""
    return [getattr(line, name) for name in AMOUNTS]


@transaction.atomic
def lay_out(measure_key: str, costs: Iterable[YearCost], fund: str, *, actor: Person) -> None:
    """Building and running of a life cycle, a line a year: all of them, or none. Raises: NotAllowed, LineMovedOn."""
    for cost in costs:
        line = CostLine(
            measure_key=measure_key,
            fiscal_year=cost.fiscal_year,
            kind=cost.kind,
            fund=fund,
            thousand_yen=cost.thousand_yen,
        )
        write(line, seen="", actor=actor)


@transaction.atomic
def remove(line_id: int, *, seen: str, actor: Person) -> None:
    """Take a line back that was entered by mistake; the trail keeps its amounts. Raises: NotAllowed, LineMovedOn."""
    line = CostLine.objects.select_for_update().get(pk=line_id)
    access.require(access.may_cost, actor, reading.measure(line.measure_key))
    if queries.token(line) != seen:
        raise LineMovedOn(line.fiscal_year)
    record("plan.cost.removed", actor=actor, target=line, detail={**_names(line), "before": _amounts(line)})
    line.delete()


@transaction.atomic
def replace(measure_key: str, total_thousand_yen: int, source: str, *, actor: Person) -> Replaced:
    """現行システムの総経費: what the rebuilt system costs now, building and running. Raises: NotAllowed."""
    access.require(access.may_cost, actor, reading.measure(measure_key))
    found, _ = Replaced.objects.update_or_create(
        measure_key=measure_key, defaults={"total_thousand_yen": total_thousand_yen, "source": source}
    )
    detail = {"measure_key": measure_key, "total_thousand_yen": total_thousand_yen}
    record("plan.cost.replaced_entered", actor=actor, target=found, detail=detail)
    return found


@transaction.atomic
def take(changed: Sequence[CostLine], *, seen: str, actor: Person) -> None:
    """A table, all of it. `seen` is the digest of the lines the differences were shown against.

    Raises: NotAllowed, TableMovedOn, LineMovedOn.
    """
    present = {queries.key_of(line): line for line in CostLine.objects.select_for_update()}
    if queries.digest() != seen:
        raise TableMovedOn
    for line in changed:
        write(line, seen=queries.token(present.get(queries.key_of(line))), actor=actor)
    record("plan.cost.imported", actor=actor, target="plan.cost", detail={"count": len(changed)})
