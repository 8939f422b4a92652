"""Putting work in the queue, and bringing back what a killed or failing worker left."""

import logging
import random
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.jobs.models import DeadLetter
from madoguchi.kernel.jobs.rules import GRACE, max_run
from madoguchi.lib import logs

_log = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
FIRST_WAIT_S = 10
CLOCK_SLACK = timedelta(minutes=1)
BATCH = 200


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


class WorkerLost(Exception):
    """The worker of the last attempt was killed, or the job ran past its time."""


def note_failure(row: DBTaskResult[..., Any], error: BaseException) -> None:
    """Keep the class of the error and the lines it passed, never its message: that may quote what somebody wrote.

    It takes the place of `DBTaskResult.set_failed`, which would keep the whole traceback.
    """
    row.status, row.finished_at, row.return_value = TaskResultStatus.FAILED, timezone.now(), None
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = "\n".join(logs.places(error))
    row.save(update_fields=["status", "finished_at", "return_value", "exception_class_path", "traceback"])


@transaction.atomic
def recover(now: datetime) -> int:
    """Make runnable again what ran past its time (its worker is dead) and what failed and may retry.

    Attempts are counted by `worker_ids`, which gets an entry with every claim. Jobs are idempotent, so
    running one twice is safe. After MAX_ATTEMPTS a job becomes a dead letter. A start in the future means
    that the clock was set back: such a job counts as lost, too. Returns how many rows were brought back.
    """
    lost = Q(started_at__gt=now + CLOCK_SLACK)
    for queue in settings.TASKS["default"]["QUEUES"]:
        lost |= Q(queue_name=queue, started_at__lt=now - max_run(queue) - GRACE)
    brought_back = 0
    for row in _free(DBTaskResult.objects.running().filter(lost)):
        if len(row.worker_ids) >= MAX_ATTEMPTS:  # a job that kills its workers must end, too
            note_failure(row, WorkerLost())
            _give_up(row, now)
        else:
            make_ready(row, now + wait_before(len(row.worker_ids)))  # so that others come in between
            brought_back += 1
    for row in _free(DBTaskResult.objects.failed().filter(dead_letter=None, finished_at__isnull=False)):
        attempts = len(row.worker_ids)
        if attempts >= MAX_ATTEMPTS:
            _give_up(row, now)
        else:
            make_ready(row, min(row.finished_at, now) + wait_before(attempts))
            brought_back += 1
    return brought_back


def _free(rows: QuerySet[Any]) -> QuerySet[Any]:
    """A batch that no other worker is just bringing back."""
    return rows.select_for_update(of=("self",), skip_locked=True)[:BATCH]


def make_ready(row: DBTaskResult[..., Any], run_after: datetime) -> None:
    """Let it run (again) from that moment on."""
    row.status, row.run_after = TaskResultStatus.READY, run_after
    row.started_at = row.finished_at = None
    row.save(update_fields=["status", "run_after", "started_at", "finished_at", "worker_ids"])


def _give_up(row: DBTaskResult[..., Any], now: datetime) -> None:
    DeadLetter.objects.create(result=row, given_up_at=now)
    _log.error("Job %s (%s) is given up: see `madoguchi dead_letters`", row.pk, row.task_path)
