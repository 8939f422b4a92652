"""What goes each night without anybody's decision."""

from datetime import datetime, time

from madoguchi.kernel.registry.public import Recurring
from madoguchi.kernel.retention.jobs import sweep

TIMETABLE = [
    Recurring(
        key="retention.sweep",
        name="保存期間を過ぎた下書きなどを消す",
        at=(time(3, 50),),
        run="madoguchi.kernel.retention.recurring.erase",
        is_long=True,
    ),
]


def erase(*, now: datetime) -> None:
    sweep(now=now)
