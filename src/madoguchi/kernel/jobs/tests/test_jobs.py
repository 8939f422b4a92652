"""Jobs: queued with the act, brought back after a killed worker, given up after enough tries."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.jobs.actions import FIRST_WAIT_S, MAX_ATTEMPTS, recover, wait_before
from madoguchi.kernel.jobs.models import DeadLetter
from madoguchi.kernel.jobs.public import enqueue
from madoguchi.kernel.jobs.rules import GRACE, LONG, MAX_RUN
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
    DBTaskResult.objects.update(started_at=now - MAX_RUN - GRACE - timedelta(seconds=1))
    assert recover(now) == 1
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY
    assert timedelta() < row.run_after - now <= 1.2 * timedelta(seconds=FIRST_WAIT_S), "others come in between"


def test_a_job_that_still_runs_is_left_alone():
    queued().claim("worker-1")
    assert recover(clock.now()) == 0


def test_a_long_job_has_longer(settings):
    settings.JOB_LONG_MINUTES = 60
    queued().claim("worker-1")
    now = clock.now()
    DBTaskResult.objects.update(queue_name=LONG, started_at=now - timedelta(minutes=60))
    assert recover(now) == 0
    assert recover(now + GRACE + timedelta(seconds=1)) == 1


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


def given_up() -> DBTaskResult:
    row = queued()
    DBTaskResult.objects.filter(pk=row.pk).update(
        status=TaskResultStatus.FAILED, finished_at=clock.now(), worker_ids=["w"] * MAX_ATTEMPTS
    )
    return row


def test_dead_letters_do_not_stand_in_the_way_of_jobs_that_may_retry(monkeypatch):
    monkeypatch.setattr("madoguchi.kernel.jobs.actions.BATCH", 1)
    dead = given_up()
    recover(clock.now())
    with transaction.atomic():
        enqueue(nothing, number=2)
    row = DBTaskResult.objects.exclude(pk=dead.pk).get()
    row.claim("worker-1")
    row.set_failed(ValueError("no"))
    assert recover(clock.now()) == 1


def test_a_job_that_always_kills_its_worker_is_given_up():
    row, now = queued(), clock.now()
    DBTaskResult.objects.filter(pk=row.pk).update(
        status=TaskResultStatus.RUNNING, started_at=now - 2 * MAX_RUN, worker_ids=["w"] * MAX_ATTEMPTS
    )
    assert recover(now) == 0
    assert DeadLetter.objects.get().result.exception_class_path.endswith("WorkerLost")


def test_a_start_in_the_future_is_a_clock_that_was_set_back():
    queued().claim("worker-1")
    DBTaskResult.objects.update(started_at=clock.now() + timedelta(hours=2))
    assert recover(clock.now()) == 1


def test_a_dead_letter_is_listed_without_the_words_of_its_error_and_runs_again_when_asked(capsys):
    row = given_up()
    DBTaskResult.objects.update(exception_class_path="builtins.ValueError", traceback="ValueError: 窓口 花子")
    recover(clock.now())
    call_command("dead_letters")
    listed = capsys.readouterr().out
    assert str(row.pk) in listed
    assert "花子" not in listed
    call_command("dead_letters", retry=row.pk)
    assert DBTaskResult.objects.ready().get().worker_ids == []
    assert not DeadLetter.objects.exists()
    with pytest.raises(CommandError):
        call_command("dead_letters", retry=row.pk)
