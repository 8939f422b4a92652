"""What the files see to by themselves."""

from datetime import datetime, time

from madoguchi.kernel.files import quarantine, sweeping
from madoguchi.kernel.registry.public import Recurring

TIMETABLE = [
    Recurring(
        key="files.scan",
        name="ウイルス検査が残っているファイルをもう一度並べる",
        at=tuple(time(hour, 20) for hour in range(24)),
        run="madoguchi.kernel.files.recurring.scan",
    ),
    Recurring(
        key="files.sweep",
        name="持ち主のないファイルを片づける",
        at=(time(3, 40),),
        run="madoguchi.kernel.files.recurring.sweep",
        is_long=True,
    ),
]


def scan(*, now: datetime) -> None:
    """Only what waits and whose next look is long overdue: its job was lost."""
    quarantine.queue((), now=now)


def sweep(*, now: datetime) -> None:
    sweeping.sweep(now=now, apply=True)
