"""What the reading aloud sees to by itself."""

from datetime import datetime, time

from madoguchi.kernel.registry.public import Recurring
from madoguchi.kernel.speech import actions

TIMETABLE = [
    Recurring(
        key="speech.tidy",
        name="聞かれなくなったよみあげの音を消す",
        at=(time(3, 50),),
        run="madoguchi.kernel.speech.recurring.tidy",
    ),
    Recurring(
        key="speech.prepare",
        name="変わったページのよみあげを用意する",
        at=(time(4, 20),),
        run="madoguchi.kernel.speech.recurring.prepare",
        is_long=True,
    ),
]


def tidy(*, now: datetime) -> None:
    actions.tidy(now=now)


def prepare(*, now: datetime) -> None:
    actions.prepare(now=now)
