"""What the accounts see to by themselves."""

from datetime import datetime, time

from madoguchi.kernel.accounts.actions import apply_due_reorganisations, forget_old
from madoguchi.kernel.registry.public import Recurring
from madoguchi.lib import clock

TIMETABLE = [
    Recurring(
        key="accounts.reorganise",
        name="その日の組織改正を施行する",
        at=(time(0, 5),),
        run="madoguchi.kernel.accounts.recurring.reorganise",
    ),
    Recurring(
        key="accounts.forget",
        name="古いサインインの記録を消す",
        at=(time(3, 10),),
        run="madoguchi.kernel.accounts.recurring.forget",
    ),
]


def reorganise(*, now: datetime) -> None:
    apply_due_reorganisations(today=clock.day_of(now), now=now)


def forget(*, now: datetime) -> None:
    forget_old(now=now)
