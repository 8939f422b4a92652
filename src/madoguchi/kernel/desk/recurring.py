"""What the desk sees to by itself."""

from datetime import datetime, time, timedelta

from madoguchi.kernel.desk.models import Undo
from madoguchi.kernel.registry.public import Recurring

TIMETABLE = [
    Recurring(
        key="desk.forget",
        name="取り消せなくなった操作の控えを消す",
        at=(time(3, 50),),
        run="madoguchi.kernel.desk.recurring.forget",
    )
]


def forget(*, now: datetime) -> None:
    """The trail keeps what was done."""
    Undo.objects.filter(done_at__lt=now - timedelta(days=1)).delete()
