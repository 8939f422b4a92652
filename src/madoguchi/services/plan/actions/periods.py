"""Opening and closing a half-year, and reminding those who have not reported."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, staff_with
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.notify.public import send
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.models import Line, Period, Report, Snapshot, Step
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import measures, plan_of_half, section_names
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.queries.frozen import body_of
from madoguchi.services.plan.rules import timetable
from madoguchi.services.plan.rules.changes import digest_of
from madoguchi.services.plan.rules.reports import WRITABLE

CARRIED = ("started_on", "finished_on", "forecast_first", "forecast_last")


@transaction.atomic
def open_period(half: HalfYear, *, actor: Person | None, now: datetime) -> Period:
    """Ask every lead section for its 進捗管理表. Dated facts are carried over from the period before. Idempotent."""
    found = timetable.dates(half, queries.rulebook(half.last))
    period, created = Period.objects.get_or_create(
        half=str(half), defaults={"due_on": found.due_on, "check_by": found.check_by, "opened_at": now}
    )
    if not created:
        return period
    everything = measures(plan_of_half(half))
    steps = _steps(everything)
    Report.objects.bulk_create(
        Report(period=period, measure_key=measure.key, section_key=measure.leads[0]) for measure in everything
    )
    before = _last_lines(period)
    Line.objects.bulk_create(
        Line(report=report, step=step, **before.get(step.pk, {}))
        for report in period.reports.order_by("measure_key")
        for step in steps.get(report.measure_key, [])
    )
    record("plan.period.opened", actor=actor, target=period, detail={"half": period.half})
    for section_key in sorted({measure.leads[0] for measure in everything}):
        _tell(period, section_key, "report_opened", today=clock.day_of(now))
    return period


def _steps(everything: list[Measure]) -> dict[str, list[Step]]:
    """The steps of every measure; those the pack has and we have not are made."""
    known = set(Step.objects.values_list("measure_key", flat=True).distinct())
    Step.objects.bulk_create(step for measure in everything if measure.key not in known for step in steps_of(measure))
    found: dict[str, list[Step]] = {}
    for step in Step.objects.filter(withdrawn_on=None):
        found.setdefault(step.measure_key, []).append(step)
    return found


def steps_of(measure: Measure) -> list[Step]:
    """One step a bar: the second bar of the first task is 1-2. A task without a bar is one step without a time."""
    found: list[Step] = []
    for number, task in enumerate(measure.tasks, 1):
        bars: Any = task.planned or (None,)
        for place, bar in enumerate(bars, 1):
            found.append(
                Step(
                    measure_key=measure.key,
                    key=f"{number}-{place}" if len(bars) > 1 else str(number),
                    title=task.title,
                    position=len(found) + 1,
                    planned_first=bar.first if bar else "",
                    planned_last=(bar.last or "") if bar else "",
                )
            )
    return found


def _last_lines(period: Period) -> dict[int, dict[str, Any]]:
    previous = Period.objects.filter(half__lt=period.half).order_by("-half").first()
    rows = Line.objects.filter(report__period=previous) if previous else Line.objects.none()
    return {line.step_id: {name: getattr(line, name) for name in CARRIED} for line in rows}


@transaction.atomic
def remind(*, today: date) -> int:
    """Write to the sections that owe a report, on the days of the rulebook. Returns how many sections."""
    count = 0
    for period in Period.objects.filter(closed_at=None):
        if not timetable.reminds(period.due_on, queries.rulebook(today), today):
            continue
        owing = period.reports.filter(state__in=WRITABLE).values_list("section_key", flat=True).distinct()
        for section_key in sorted(owing):
            _tell(period, section_key, "report_owed", today=today)
            count += 1
    return count


def _tell(period: Period, section_key: str, name: str, *, today: date) -> None:
    owing = period.reports.filter(section_key=section_key, state__in=WRITABLE).count()
    for person in staff_with("plan.report.write", section_key=section_key, on=today):
        send(
            f"plan.{name}",
            to=person,
            context={
                "half": period.half_year.label,
                "section": section_names()[section_key].ja,
                "owing": owing,
                "due_on": period.due_on.isoformat(),
                "days": (today - period.due_on).days,
                "path": f"/plan/reports/{period.half}/",
            },
            dedup=f"plan.{name}:{period.half}:{section_key}:{person.pk}:{today}",
        )


@transaction.atomic
def close_period(half: HalfYear, *, actor: Person | None, now: datetime) -> Period:
    """Fix what was confirmed. What is still missing stays open and is shown as missing; it is fixed when it comes."""
    period = Period.objects.select_for_update().get(half=str(half))
    for report in period.reports.filter(state=Report.State.CONFIRMED).select_for_update():
        fix(report, period, actor=actor, now=now)
    if period.closed_at is None:
        period.closed_at = now
        period.save(update_fields=["closed_at"])
        record("plan.period.closed", actor=actor, target=period, detail={"half": period.half})
    return period


def fix(report: Report, period: Period, *, actor: Person | None, now: datetime) -> Snapshot:
    """Freeze a confirmed report with its figures; from here on the past does not change."""
    report.state = Report.State.FIXED
    report.save(update_fields=["state"])
    body = body_of(report, queries.measure(report.measure_key))
    snapshot = Snapshot.objects.create(
        period=period, measure_key=report.measure_key, body=body, digest=digest_of(body), frozen_at=now
    )
    record("plan.report.fixed", actor=actor, target=report, detail={"digest": snapshot.digest})
    return snapshot
