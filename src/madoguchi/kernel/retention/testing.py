"""For tests: what a rule would erase, and the acts of the records office."""

from datetime import date, datetime

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.retention.actions import confirm, hold, lift
from madoguchi.kernel.retention.erasing import erase
from madoguchi.kernel.retention.errors import DisposalRuns, HeldAlready, NoSuchRecord, PreviewChanged
from madoguchi.kernel.retention.jobs import dispose, sweep
from madoguchi.kernel.retention.models import Disposal, Hold
from madoguchi.kernel.retention.rules import Preview, due, preview, rules

__all__ = [
    "Disposal", "DisposalRuns", "HeldAlready", "Hold", "NoSuchRecord", "PreviewChanged", "decide", "dispose", "due",
    "erase", "hold", "lift", "of", "rules", "sweep",
]  # fmt: skip


def of(key: str, today: date) -> Preview:
    return preview(rules()[key], today=today)


def decide(key: str, *, expected: int, actor: Person, now: datetime, today: date) -> Disposal:
    return confirm(rules()[key], expected=expected, actor=actor, today=today, now=now)
