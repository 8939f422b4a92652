"""The worker: runs one job after the other, ends one that runs past its time, and looks after the queue meanwhile."""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.jobs.actions import note_failure, recover
from madoguchi.kernel.jobs.rules import max_run
from madoguchi.kernel.jobs.timetable import queue_due
from madoguchi.lib import clock, traces

_log = logging.getLogger(__name__)
LOOK_EVERY_S = 30
WATCH_EVERY_S = 0.5


class WatchedWorker(Worker):
    """A span for every job, named by its function; its arguments are not told. `ends_by` is when the job must end."""

    ends_by: float | None = None  # of the monotonic clock; None: no job runs

    def __init__(self, *, interval: float) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def run_task(self, db_task_result: "DBTaskResult[..., Any]") -> None:
        row: Any = db_task_result
        row.set_failed = lambda error: note_failure(row, error)  # the library's keeps messages
        self.ends_by = time.monotonic() + max_run(row.queue_name).total_seconds()
        try:
            with traces.span(row.task_path, "CONSUMER") as note:
                super().run_task(row)
                note(failed=row.status == TaskResultStatus.FAILED)
        finally:
            self.ends_by = None

    def run(self) -> None:
        stopping = threading.Event()
        for act, every_s in ((look_after, LOOK_EVERY_S), (self._end_what_runs_too_long, WATCH_EVERY_S)):
            threading.Thread(target=_until, args=(stopping, act, every_s), daemon=True).start()
        try:
            super().run()
        finally:
            stopping.set()

    def _end_what_runs_too_long(self) -> None:
        """The process begins anew in its place: no job can refuse that, and its service manager sees nothing end.

        The database rolls back what was open; the job is found lost and tried again, like that of a killed worker.
        """
        if self.ends_by is not None and time.monotonic() > self.ends_by:
            _log.error("A job ran past its time; the worker begins anew")
            logging.shutdown()
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def look_after() -> None:
    """Bring back what is lost, queue what is due. What fails this time is seen to with the next look."""
    close_old_connections()
    for act in (recover, queue_due):
        _unless_it_fails(act, clock.now())


def _unless_it_fails(act: Callable[[datetime], object], now: datetime) -> None:
    try:
        act(now)
    except Exception:
        _log.exception("The queue could not be looked after this time")


def _until(stopping: threading.Event, act: Callable[[], object], every_s: float) -> None:
    while True:
        act()
        if stopping.wait(every_s):
            return
