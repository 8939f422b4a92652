"""For tests: jobs that do nothing, fail, or never end."""

import threading
from datetime import datetime
from typing import Any

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.jobs.actions import MAX_ATTEMPTS, note_failure, recover
from madoguchi.kernel.jobs.models import DeadLetter
from madoguchi.kernel.jobs.public import enqueue, job
from madoguchi.lib import clock

RUNS: list[datetime] = []


@job("何もしない")
def nothing(number: int) -> None:
    """Accepts an id and is done."""


@job()
def fail(number: int) -> None:
    """Fails with a message that names somebody, as messages of databases do."""
    raise ValueError(f"窓口 花子 {number}")


@job()
def never_end(number: int) -> None:  # noqa: ARG001
    """Waits for something that does not come."""
    threading.Event().wait()


def note_run(*, now: datetime) -> None:
    """Recurring work that leaves a trace."""
    RUNS.append(now)


def make_dead_letter(error: type[BaseException] = ValueError) -> DeadLetter:
    """A job that failed as often as it may."""
    with transaction.atomic():
        enqueue(nothing, number=1)
    row: Any = DBTaskResult.objects.latest("enqueued_at")
    row.worker_ids = ["worker"] * MAX_ATTEMPTS
    row.save(update_fields=["worker_ids"])
    note_failure(row, error("窓口 花子"))
    recover(clock.now())
    return DeadLetter.objects.get(result=row)
