"""The worker: what it keeps of a failure, and how it ends a job that does not end."""

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.jobs import worker
from madoguchi.kernel.jobs.public import enqueue
from madoguchi.kernel.jobs.testing import fail, nothing

pytestmark = pytest.mark.django_db


def run_all() -> None:
    for row in DBTaskResult.objects.ready():
        row.claim("worker-1")
        worker.WatchedWorker(interval=0).run_task(row)


def test_of_a_failure_only_class_and_lines_are_kept():
    with transaction.atomic():
        enqueue(fail, number=1)
    run_all()
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.ValueError")
    assert "jobs/testing.py:" in row.traceback
    assert row.traceback.splitlines()[0] == "ValueError"
    assert "花子" not in row.traceback


def test_what_ended_well_has_no_time_left_to_run_out():
    with transaction.atomic():
        enqueue(nothing, number=1)
    run_all()
    assert DBTaskResult.objects.successful().count() == 1
    assert worker.WatchedWorker.ends_by is None


def test_one_look_that_fails_does_not_keep_the_other_from_looking(monkeypatch, caplog):
    looked = []

    def broken(now):
        raise RuntimeError(now)

    monkeypatch.setattr(worker, "recover", broken)
    monkeypatch.setattr(worker, "queue_due", looked.append)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.look_after()
    assert len(looked) == 1
    assert "could not be looked after" in caplog.text
