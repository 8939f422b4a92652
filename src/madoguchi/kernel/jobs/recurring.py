"""What the queue sees to by itself."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.jobs.models import DeadLetter, Slot
from madoguchi.kernel.registry.public import Recurring

DONE_KEPT = timedelta(days=14)
YEAR = timedelta(days=365)

TIMETABLE = [
    Recurring(
        key="jobs.forget",
        name="終わった処理の記録を消す",
        at=(time(3, 40),),
        run="madoguchi.kernel.jobs.recurring.forget",
    )
]


@transaction.atomic
def forget(*, now: datetime) -> None:
    """Drop jobs that ended well two weeks ago, and dead letters and slots beyond their year."""
    DBTaskResult.objects.successful().filter(finished_at__lt=now - DONE_KEPT).delete()
    DBTaskResult.objects.filter(pk__in=DeadLetter.objects.filter(given_up_at__lt=now - YEAR).values("result")).delete()
    Slot.objects.filter(due_at__lt=now - YEAR).delete()
