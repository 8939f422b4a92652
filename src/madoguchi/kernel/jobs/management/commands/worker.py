"""`madoguchi worker`: runs queued jobs, brings back lost ones, and queues what the timetable says."""

from django.core.management.base import BaseCommand, CommandParser

from madoguchi.kernel.jobs.worker import WatchedWorker


class Command(BaseCommand):
    help = "Run queued jobs until stopped. Safe to kill at any moment; several may run side by side."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks when idle")

    def handle(self, *, interval: float, **options: object) -> None:  # noqa: ARG002
        worker = WatchedWorker(interval=interval)
        worker.configure_signals()
        worker.run()
