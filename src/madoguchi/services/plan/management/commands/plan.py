"""`madoguchi plan open|remind|close`: the half-yearly cycle by hand, or by a timetable every morning."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.actions import periods, timetable
from madoguchi.services.plan.models import Period


class Command(BaseCommand):
    help = "Open, remind of and close the half-yearly reports. Safe to run every day and twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["open", "remind", "close"])
        parser.add_argument("--date", type=date.fromisoformat, help="as if it were this day")
        parser.add_argument("--half", type=HalfYear.parse, help="this half-year (2020H1), whatever the timetable says")

    def handle(self, *, act: str, date: date | None, half: HalfYear | None, **_: Any) -> None:
        today = date or clock.today()
        now = clock.now() if date is None else datetime.combine(date, time(3), UTC)
        getattr(self, act)(half, today, now)

    def open(self, half: HalfYear | None, today: date, now: datetime) -> None:
        period = periods.open_period(half, actor=None, now=now) if half else timetable.open_due(today=today, now=now)
        self.stdout.write(f"open: {period.half}, due {period.due_on}" if period else "no period is due to be opened")

    def remind(self, half: HalfYear | None, today: date, now: datetime) -> None:  # noqa: ARG002 - one shape for all
        self.stdout.write(f"{timetable.remind_owing(today=today)} sections reminded")

    def close(self, half: HalfYear | None, today: date, now: datetime) -> None:
        try:
            closed = [periods.close_period(half, actor=None, now=now)] if half else None
        except Period.DoesNotExist as error:
            raise CommandError(f"{half} was never opened: madoguchi plan open --half {half}") from error
        found = timetable.close_due(today=today, now=now) if closed is None else closed
        self.stdout.write(", ".join(f"closed: {period.half}" for period in found) or "no period is due to be closed")
