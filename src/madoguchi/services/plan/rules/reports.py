"""進捗管理表: states of steps from dated facts, the way of a report, and texts that meet.

Nobody types a state or a percentage: both follow from the planned half-years and the days work began and ended.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from madoguchi.lib.halfyear import HalfYear

StepState = Literal["waiting", "running", "done", "late", "changed", "withdrawn"]
STEP_STATES: dict[StepState, str] = {
    "waiting": "未着手",
    "running": "進行",
    "done": "完了",
    "late": "遅延",
    "changed": "変更",
    "withdrawn": "取りやめ",
}

# act → the states it starts from, and the state it leads to
TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "submit": (("open", "returned"), "submitted"),
    "send_back": (("submitted", "confirmed"), "returned"),
    "confirm": (("submitted",), "confirmed"),
    "fix": (("confirmed",), "fixed"),
}
WRITABLE = ("open", "returned")


def next_state(act: str, state: str) -> str | None:
    """Where `act` leads from `state`; None when it is not possible."""
    sources, target = TRANSITIONS[act]
    return target if state in sources else None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a step: its planned half-years (empty: not stated) and the days of the work."""

    planned_first: str = ""
    planned_last: str = ""
    started_on: date | None = None
    finished_on: date | None = None
    withdrawn_on: date | None = None
    is_changed: bool = False  # the schedule is not the baseline's


def step_state(facts: Facts, on: date) -> StepState:
    """The state at the end of a day: late as soon as a planned half-year is over without its start or its end."""
    if facts.withdrawn_on and facts.withdrawn_on <= on:
        return "withdrawn"
    if facts.finished_on and facts.finished_on <= on:
        return "done"
    started = facts.started_on is not None and facts.started_on <= on
    if facts.planned_last and HalfYear.parse(facts.planned_last).last <= on:
        return "late"
    if not started and facts.planned_first and HalfYear.parse(facts.planned_first).last <= on:
        return "late"
    if facts.is_changed:
        return "changed"
    return "running" if started else "waiting"


def measure_state(states: Iterable[StepState]) -> StepState:
    """One state for a whole measure; steps that were taken back do not count."""
    found = [state for state in states if state != "withdrawn"]
    if not found:
        return "waiting"
    if "late" in found:
        return "late"
    if all(state == "done" for state in found):
        return "done"
    if "changed" in found:
        return "changed"
    return "waiting" if all(state == "waiting" for state in found) else "running"


@dataclass(frozen=True)
class Progress:
    """Steps done and steps that should be done by now, of all steps that still count."""

    done: int
    due: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


def progress(steps: Sequence[Facts], on: date) -> Progress:
    """進捗: counted, never typed."""
    found = [facts for facts in steps if not (facts.withdrawn_on and facts.withdrawn_on <= on)]
    return Progress(
        done=sum(step_state(facts, on) == "done" for facts in found),
        due=sum(bool(facts.planned_last) and HalfYear.parse(facts.planned_last).last <= on for facts in found),
        total=len(found),
    )


def differs(facts: Facts, *, forecast_last: str) -> bool:
    """Whether forecast or fact ends later than planned, or begins late: then a reason is owed."""
    if not facts.planned_first:
        return False
    first = HalfYear.parse(facts.planned_first)
    last = HalfYear.parse(facts.planned_last) if facts.planned_last else None
    if facts.started_on and HalfYear.of(facts.started_on) > first:
        return True
    if last is None:
        return False
    if facts.finished_on:
        return HalfYear.of(facts.finished_on) != last
    return bool(forecast_last) and HalfYear.parse(forecast_last) != last


def days_overdue(state: str, due_on: date, today: date) -> int:
    """報告なし: days since a report was due that is not in; 0 when it is in, or not due yet."""
    return max(0, (today - due_on).days) if state in WRITABLE else 0


# Two people write one table: each field carries the token of the text its writer saw.

Meeting = Literal["same", "take", "keep", "conflict"]


def token(text: str) -> str:
    """A short digest of a field's text: what its writer saw."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def meet(*, current: str, seen: str, new: str) -> Meeting:
    """What to do with `new`, written by somebody who saw the text with token `seen`."""
    if new == current:
        return "same"
    if token(new) == seen:  # the writer left it alone; somebody else changed it
        return "keep"
    return "take" if token(current) == seen else "conflict"
