"""`python -m benchmarks.jobs`: how many jobs a second are queued and run, how many events published and told.

Every job is queued in a transaction of its own, as an act does it. Workers are real processes; the time is that from
the first start to the last end, as the rows have it. JOBS says how many (1,000). One database a process.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

JOBS = int(os.environ.get("JOBS", "1000"))
WORKER = """
import django
django.setup()
from madoguchi.kernel.jobs.worker import WatchedWorker
worker = WatchedWorker(interval=0)
worker.batch = True
worker.run()
"""


def timed(work: Callable[[int], object]) -> float:
    """Calls a second, each in a transaction of its own."""
    from django.db import transaction

    begin = time.perf_counter()
    for number in range(JOBS):
        with transaction.atomic():
            work(number)
    return JOBS / (time.perf_counter() - begin)


def run(workers: int) -> float:
    """Jobs a second, until nothing waits."""
    from django.db.models import Max, Min
    from django_tasks_db.models import DBTaskResult

    running = [subprocess.Popen([sys.executable, "-c", WORKER], stderr=subprocess.DEVNULL) for _ in range(workers)]
    for process in running:
        process.wait()
    rows = DBTaskResult.objects.all()
    assert rows.count() == rows.successful().count()
    span = rows.aggregate(first=Min("started_at"), last=Max("finished_at"))
    per_second = rows.count() / (span["last"] - span["first"]).total_seconds()
    rows.delete()
    return float(per_second)


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from madoguchi.kernel.events.public import publish
    from madoguchi.kernel.jobs.public import enqueue
    from madoguchi.kernel.jobs.testing import nothing
    from madoguchi.lib import clock

    call_command("migrate", verbosity=0)
    print(f"── jobs, {connection.vendor}: {JOBS:,} of each, one transaction an act")
    for workers in (1, 2):
        queued = timed(lambda number: enqueue(nothing, number=number))
        print(f"{workers} worker{'s' * (workers > 1):<9} {queued:,.0f} queued/s, {run(workers):,.0f} run/s")
    published = timed(lambda number: publish("procedures.case.submitted", at=clock.now(), case_id=number))
    print(f"events           {published:,.0f} published/s, {run(1):,.0f} told/s by 1 worker")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as room:
        os.environ |= {"VAR": room, "DEMONSTRATION": "1", "DJANGO_SETTINGS_MODULE": "madoguchi.project.settings"}
        main()
