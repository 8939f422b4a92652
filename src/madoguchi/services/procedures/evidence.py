"""The figures this service gives the plan office."""

from datetime import datetime, time, timedelta

from madoguchi.kernel.citydata.public import calendar, records
from madoguchi.kernel.evidence.public import Period, counted
from madoguchi.lib import clock
from madoguchi.services.procedures import rules
from madoguchi.services.procedures.models import Correction, Decision


def _moments(period: Period) -> tuple[datetime, datetime]:
    """From the first moment of the first day to the first moment after the last, on the city's clock."""
    first = datetime.combine(period.first, time.min, clock.TOKYO)
    return first, datetime.combine(period.last + timedelta(days=1), time.min, clock.TOKYO)


def online_procedures(period: Period) -> int:  # noqa: ARG001 - what is online now
    return len(records("procedure"))


def cases_submitted(period: Period) -> int:
    """Counted when they came: cases whose retention is over stay in the figure."""
    return counted("procedures.case.submitted", period)


def cases_decided(period: Period) -> int:
    return counted("procedures.case.decided", period)


def in_time_percent(period: Period) -> float | None:
    """Share of the decisions of the period that came by the due date; None without decisions."""
    first, after = _moments(period)
    decisions = list(
        Decision.objects.filter(decided_at__gte=first, decided_at__lt=after).select_related("case__revision__record")
    )
    if not decisions:
        return None
    pauses: dict[int, list[rules.Pause]] = {}
    for case_id, asked, answered in Correction.objects.filter(
        case__in=[decision.case_id for decision in decisions], answered_at__isnull=False
    ).values_list("case_id", "asked_at", "answered_at"):
        pauses.setdefault(case_id, []).append(rules.Pause(clock.day_of(asked), clock.day_of(answered)))
    days = calendar()
    in_time = sum(
        clock.day_of(decision.decided_at)
        <= rules.due_on(
            clock.day_of(decision.case.submitted_at),
            decision.case.procedure.standard_working_days,
            pauses.get(decision.case_id, []),
            days,
        )
        for decision in decisions
    )
    return round(100 * in_time / len(decisions), 1)
