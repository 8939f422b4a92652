"""`madoguchi worker`: runs queued jobs, and every half minute brings back lost ones."""

import logging
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.jobs.actions import recover
from madoguchi.lib import clock, traces

_log = logging.getLogger(__name__)
RECOVER_EVERY_S = 30


class TracedWorker(Worker):
    """A span for every job, named by its function; its arguments are not told."""

    def run_task(self, db_task_result: "DBTaskResult[..., Any]") -> None:
        with traces.span(db_task_result.task_path, "CONSUMER") as note:
            super().run_task(db_task_result)
            note(failed=db_task_result.status == TaskResultStatus.FAILED)


class Command(BaseCommand):
    help = "Run queued jobs until stopped. Safe to kill at any moment; several may run side by side."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks when idle")

    def handle(self, *, interval: float, **options: object) -> None:  # noqa: ARG002
        stopping = threading.Event()
        threading.Thread(target=_recover_until, args=(stopping,), daemon=True).start()
        worker = TracedWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        try:
            worker.run()
        finally:
            stopping.set()


def _recover_until(stopping: threading.Event) -> None:
    while True:
        close_old_connections()
        try:
            recover(clock.now())
        except DatabaseError:  # restarted or away: the next round finds it again
            _log.warning("Lost jobs could not be brought back this time", exc_info=True)
        if stopping.wait(RECOVER_EVERY_S):
            return
