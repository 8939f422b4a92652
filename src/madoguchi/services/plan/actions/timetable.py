"""What the timetable does: open the half-year that is over, remind those who owe a report, fix what was confirmed."""

from datetime import date, datetime

from madoguchi.services.plan.actions import periods as actions
from madoguchi.services.plan.models import Period
from madoguchi.services.plan.queries import half_years, plans
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.rules import timetable


def open_due(*, today: date, now: datetime) -> Period | None:
    """Open the period that is due to be reported today; None when there is none. Idempotent."""
    halves = [half for plan in plans() for half in half_years(plan)]
    half = timetable.opening(halves, queries.rulebook(today), today)
    return actions.open_period(half, actor=None, now=now) if half else None


def remind_owing(*, today: date) -> int:
    """Reminders of the day; the same day twice sends nothing twice. Returns how many sections."""
    return actions.remind(today=today)


def close_due(*, today: date, now: datetime) -> list[Period]:
    """Close the periods whose time to check is over. Idempotent."""
    due = Period.objects.filter(closed_at=None, check_by__lt=today).order_by("half")
    return [actions.close_period(period.half_year, actor=None, now=now) for period in due]
