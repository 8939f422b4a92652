"""Putting work in the queue, and bringing back what a killed or failing worker left."""

import random
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

MAX_RUN = timedelta(minutes=10)
MAX_ATTEMPTS = 8
FIRST_WAIT_S = 10


def enqueue(job: Task[..., Any], **ids: int | str) -> None:
    """Queue `job` in the transaction of the act that wants it: no act, no job. Arguments are ids only.

    Raises: TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("enqueue needs the transaction of the act")
    job.enqueue(**ids)


def wait_before(attempt: int) -> timedelta:
    """Growing, jittered: 10 s, 20 s, 40 s … each ± 20 %."""
    return timedelta(seconds=FIRST_WAIT_S * 2 ** (attempt - 1) * random.uniform(0.8, 1.2))  # noqa: S311


@transaction.atomic
def recover(now: datetime) -> int:
    """Make runnable again what ran longer than MAX_RUN (its worker is dead) and what failed and may retry.

    Attempts are counted by `worker_ids`, which gets an entry with every claim. Jobs are idempotent, so
    running one twice is safe. Returns how many rows were brought back.
    """
    stuck = DBTaskResult.objects.running().filter(started_at__lt=now - MAX_RUN)
    brought_back = stuck.update(status=TaskResultStatus.READY, started_at=None, run_after=now)
    for row in DBTaskResult.objects.failed().select_for_update().filter(finished_at__isnull=False)[:200]:
        attempts = len(row.worker_ids)
        if attempts >= MAX_ATTEMPTS:
            continue
        row.status, row.run_after = TaskResultStatus.READY, row.finished_at + wait_before(attempts)
        row.started_at = row.finished_at = None
        row.save(update_fields=["status", "run_after", "started_at", "finished_at"])
        brought_back += 1
    return brought_back
