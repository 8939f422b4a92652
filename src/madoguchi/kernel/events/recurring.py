"""What the events see to by themselves."""

from datetime import datetime, time, timedelta

from madoguchi.kernel.events import actions
from madoguchi.kernel.events.models import Event
from madoguchi.kernel.registry.public import Recurring

TIMETABLE = [
    Recurring(
        key="events.forget",
        name="古いできごとの記録を消す",
        at=(time(3, 50),),
        run="madoguchi.kernel.events.recurring.forget",
    )
]


def forget(*, now: datetime) -> None:
    actions.forget(before=now - timedelta(days=366 * Event.RETENTION_YEARS))
