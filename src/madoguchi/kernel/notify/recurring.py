"""What the notices see to by themselves."""

from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from madoguchi.kernel.notify import bounces
from madoguchi.kernel.registry.public import Recurring

TIMETABLE = [
    Recurring(
        key="notify.bounces",
        name="もどってきたメールを読む",
        at=tuple(time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)),
        run="madoguchi.kernel.notify.recurring.read_bounces",
        off="" if settings.BOUNCE_MAILDIR else "設定 BOUNCE_MAILDIR がありません",
    )
]


def read_bounces(*, now: datetime) -> None:
    bounces.take_maildir(Path(settings.BOUNCE_MAILDIR), now=now)
