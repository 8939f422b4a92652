"""`madoguchi timetable`: what runs by itself, when it ran last and when it will run next."""

from django.core.management.base import BaseCommand

from madoguchi.kernel.jobs.timetable import outlook
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "Show the recurring work: rhythm, last run and how it went, next run. Times are those of the city."

    def handle(self, **options: object) -> None:  # noqa: ARG002
        for line in outlook(clock.now()):
            last = f"{line.last.due_at.astimezone(clock.TOKYO):%Y-%m-%d %H:%M}" if line.last else "-" * 16
            following = f"{line.next_at:%Y-%m-%d %H:%M}" if line.next_at else f"off: {line.work.off}"
            self.stdout.write(f"{line.work.key:<20} {line.rhythm}  last {last} {line.state[1]}  next {following}")
