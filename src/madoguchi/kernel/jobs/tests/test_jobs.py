"""Jobs: queued with the act, brought back after a killed worker, given up after enough tries."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.jobs.actions import FIRST_WAIT_S, MAX_ATTEMPTS, MAX_RUN, recover, wait_before
from madoguchi.kernel.jobs.public import enqueue
from madoguchi.kernel.jobs.testing import nothing
from madoguchi.lib import clock

pytestmark = pytest.mark.django_db


def queued() -> DBTaskResult:
    with transaction.atomic():
        enqueue(nothing, number=1)
    return DBTaskResult.objects.get()


@pytest.mark.django_db(transaction=True)
def test_no_act_no_job():
    with transaction.atomic():
        enqueue(nothing, number=1)
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    with pytest.raises(transaction.TransactionManagementError):
        enqueue(nothing, number=1)


def test_a_job_whose_worker_died_runs_again():
    row, now = queued(), clock.now()
    row.claim("worker-1")
    DBTaskResult.objects.update(started_at=now - MAX_RUN - timedelta(seconds=1))
    assert recover(now) == 1
    assert DBTaskResult.objects.ready().count() == 1


def test_a_job_that_still_runs_is_left_alone():
    queued().claim("worker-1")
    assert recover(clock.now()) == 0


def test_a_failed_job_waits_and_is_given_up_in_the_end():
    row, now = queued(), clock.now()
    for attempt in range(1, MAX_ATTEMPTS + 1):
        row.refresh_from_db()
        row.claim(f"worker-{attempt}")
        row.set_failed(ValueError("no"))
        brought_back = recover(now)
        row.refresh_from_db()
        if attempt < MAX_ATTEMPTS:
            assert brought_back == 1
            assert row.status == TaskResultStatus.READY
            assert row.run_after > now
        else:
            assert brought_back == 0
            assert row.status == TaskResultStatus.FAILED


@pytest.mark.parametrize("attempt", [1, 2, 3, 7])
def test_waits_double_with_a_little_chance(attempt):
    exact = FIRST_WAIT_S * 2 ** (attempt - 1)
    assert 0.8 * exact <= wait_before(attempt).total_seconds() <= 1.2 * exact
