"""A job that does not end: its worker begins anew in its place, the others run, and in the end it is given up."""

import os
import subprocess
import sys
import time

import pytest

from tests.chaos.test_kills import python, shell
from tests.conftest import own_database

pytestmark = pytest.mark.browser  # with the other slow ones
WITHIN_S = 60
QUEUE = """
from django.db import transaction
from madoguchi.kernel.jobs.public import enqueue
from madoguchi.kernel.jobs.testing import never_end, nothing
for job in (never_end, nothing):
    with transaction.atomic():
        enqueue(job, number=1)
"""
START = """
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from madoguchi.kernel.jobs import actions, rules, worker
rules.MAX_RUN, actions.GRACE, actions.FIRST_WAIT_S, actions.MAX_ATTEMPTS = timedelta(seconds=0.3), timedelta(0), 0, 3
worker.WATCH_EVERY_S, worker.LOOK_EVERY_S = 0.05, 0.1
call_command("worker", interval=0.05)
"""
LOOK = """
from django_tasks_db.models import DBTaskResult
for row in DBTaskResult.objects.order_by("task_path"):
    print(row.task_path.rsplit(".", 1)[1], row.status, hasattr(row, "dead_letter"), row.exception_class_path or "-")
"""


def test_a_job_that_never_ends_is_ended_retried_and_given_up(tmp_path):
    with own_database(f"madoguchi_overrun_{os.getpid()}") as database_url:
        environment = {
            **os.environ, "VAR": str(tmp_path), "CITY": "example", "DATABASE_URL": database_url, "DEMONSTRATION": "1",
            "DJANGO_SETTINGS_MODULE": "madoguchi.project.settings",
        }  # fmt: skip
        python(environment, "-m", "madoguchi.project", "migrate", "--verbosity=0")
        shell(environment, QUEUE)
        code = tmp_path / "start.py"
        code.write_text(START)
        worker = subprocess.Popen([sys.executable, str(code)], env=environment, stderr=subprocess.PIPE, text=True)
        try:
            deadline = time.monotonic() + WITHIN_S
            while (seen := shell(environment, LOOK)).count("True") == 0 and time.monotonic() < deadline:
                assert worker.poll() is None, "nobody sees the process end"
        finally:
            worker.kill()
            said = worker.communicate()[1]
    assert seen.splitlines() == [
        "never_end FAILED True madoguchi.kernel.jobs.actions.WorkerLost",
        "nothing SUCCESSFUL False -",
    ]
    assert said.count("the worker begins anew") == 3
