"""What is promised: locked when work begins, changed only with a reason and a name, never taken away."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.audit.public import record
from madoguchi.lib import clock
from madoguchi.services.plan import access
from madoguchi.services.plan.actions.texts import needed
from madoguchi.services.plan.errors import NothingChanges
from madoguchi.services.plan.models import AgendaItem, Baseline, Change, Line, Report, Step
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import plan_of
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.rules import changes as rules
from madoguchi.services.plan.rules.reports import WRITABLE


def lock(measure: Measure, *, actor: Person, now: datetime) -> Baseline:
    """当初計画: an immutable copy of what is promised now. Once a measure; later calls find the first."""
    found = Baseline.objects.filter(measure_key=measure.key).first()
    if found:
        return found
    body = queries.promise(measure)
    baseline = Baseline.objects.create(
        measure_key=measure.key, body=body, digest=rules.digest_of(body), locked_at=now, locked_by=actor
    )
    record("plan.baseline.locked", actor=actor, target=baseline, detail={"digest": baseline.digest})
    return baseline


@transaction.atomic
def change(
    measure: Measure,
    *,
    bars: Mapping[str, tuple[str, str]],
    withdrawn: Sequence[str] = (),
    added: Sequence[tuple[str, str, str]] = (),
    effects: Mapping[str, tuple[float, str]] | None = None,
    estimate_thousand_yen: int | None = None,
    reason: str,
    actor: Person,
    now: datetime,
) -> Change:
    """Revise what is promised: half-years by key of step, steps taken back, steps added (title, first, last),
    targets by key of effect item (value, half-year), the estimate. A major change goes to the council by itself.

    Raises: NotAllowed, TextMissing, TextTooLong, NothingChanges.
    """
    access.require(access.may_write, actor, measure)
    told = needed(reason, "変更の理由")
    steps = list(Step.objects.select_for_update().filter(measure_key=measure.key))
    before = queries.promise(measure, steps=steps)
    earlier = Change.objects.filter(measure_key=measure.key).count()
    _revise(steps, bars, withdrawn, today=clock.day_of(now))
    steps += _add(measure, steps, added)
    after = queries.promise(measure, steps=steps)
    if effects:
        after["effects"] = [_moved(item, effects) for item in after["effects"]]
    if estimate_thousand_yen is not None:
        after["estimate_thousand_yen"] = estimate_thousand_yen
    if after == before:
        raise NothingChanges
    plan = plan_of(measure)
    facts = rules.facts_of(before, after, plan_last=plan.last_half, earlier=earlier)
    found = Change.objects.create(
        measure_key=measure.key,
        number=earlier + 1,
        before=before,
        after=after,
        reason=told,
        is_major=rules.is_major(queries.rulebook(clock.day_of(now)), facts),
        after_lock=Baseline.objects.filter(measure_key=measure.key).exists(),
        made_at=now,
        made_by=actor,
    )
    record(
        "plan.change.made",
        actor=actor,
        target=found,
        detail={"measure": measure.key, "number": found.number, "major": found.is_major},
    )
    if found.is_major:
        _raise_to_council(found, measure, now=now)
    return found


def _moved(item: dict[str, Any], effects: Mapping[str, tuple[float, str]]) -> dict[str, Any]:
    if item["key"] not in effects:
        return item
    target, half = effects[item["key"]]
    return {**item, "target": target, "target_half": half}


def _revise(steps: list[Step], bars: Mapping[str, tuple[str, str]], withdrawn: Sequence[str], *, today: date) -> None:
    for step in steps:
        first, last = bars.get(step.key, (step.planned_first, step.planned_last))
        step.planned_first, step.planned_last = first, last
        if step.key in withdrawn and step.withdrawn_on is None:
            step.withdrawn_on = today
        step.save(update_fields=["planned_first", "planned_last", "withdrawn_on"])


def _add(measure: Measure, steps: list[Step], added: Sequence[tuple[str, str, str]]) -> list[Step]:
    """New steps get keys of their own, and a line in the reports that are still open."""
    made = []
    for number, (title, first, last) in enumerate(added, 1):
        place = max((step.position for step in steps), default=0) + number
        made.append(
            Step.objects.create(
                measure_key=measure.key,
                key=f"n{place}",
                title=title,
                position=place,
                planned_first=first,
                planned_last=last,
            )
        )
    writable = Report.objects.filter(measure_key=measure.key, state__in=WRITABLE)
    Line.objects.bulk_create(Line(report=report, step=step) for report in writable for step in made)
    return made


def _raise_to_council(change: Change, measure: Measure, *, now: datetime) -> None:
    """大きな変更の報告: waits for the next meeting of the council."""
    item = AgendaItem.objects.create(
        kind=AgendaItem.Kind.CHANGE,
        measure_key=measure.key,
        change=change,
        title=f"施策{measure.number} {measure.name.ja}：計画の大きな変更",
        text=change.reason,
        raised_at=now,
    )
    record("plan.change.reported", actor=None, target=item, detail={"change": change.pk})
