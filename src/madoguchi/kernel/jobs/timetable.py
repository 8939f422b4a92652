"""The timetable: recurring work is queued by whichever worker looks first, once for each time it is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.citydata.public import calendar
from madoguchi.kernel.jobs import rules
from madoguchi.kernel.jobs.models import Slot
from madoguchi.kernel.registry.public import Recurring, hooks
from madoguchi.lib import clock


@cache
def works() -> dict[str, Recurring]:
    """All recurring work of this installation by its key: the kernel's, then the services'."""
    return {work.key: work for work in _all()}


def _all() -> Iterator[Recurring]:
    for dotted in settings.TIMETABLES:
        yield from import_string(dotted)
    for _, found in hooks("timetable"):
        yield from found


def queue_due(now: datetime) -> int:
    """Queue what is due; returns how many. What was missed while nothing ran is caught up with once, not once a night.

    Work that is seen for the first time begins with its next time: installing a city sets nothing off. A clock that
    was set back finds the slots of the time it lives through again already there.
    """
    days, known = calendar(), set(Slot.objects.values_list("key", flat=True).distinct())
    due = {work.key: rules.last_due(work, now, days) for work in works().values() if not work.off}
    there = set(Slot.objects.filter(key__in=due, due_at__in=set(due.values())).values_list("key", "due_at"))
    missing = [(key, moment) for key, moment in due.items() if (key, moment) not in there]
    return sum(_queue(key, moment, now, is_first=key not in known) for key, moment in missing)


@transaction.atomic
def _queue(key: str, due_at: datetime, now: datetime, *, is_first: bool) -> bool:
    slot, is_mine = Slot.objects.get_or_create(key=key, due_at=due_at, defaults={"noted_at": now})
    if not is_mine:  # another worker was faster
        return False
    if is_first:
        slot.state = Slot.State.FIRST
    else:
        queue = rules.LONG if works()[key].is_long else "default"
        slot.result_id = run_slot.using(queue_name=queue).enqueue(slot_id=slot.pk).db_result.pk  # type: ignore[attr-defined]
    slot.save(update_fields=["state", "result"])
    return not is_first


@task()
def run_slot(slot_id: int) -> None:
    """Do the work of one slot. A slot that is done, or whose work is no longer in the list, is left alone."""
    slot = Slot.objects.get(pk=slot_id)
    work = works().get(slot.key)
    if slot.state != Slot.State.QUEUED or work is None:
        return
    import_string(work.run)(now=clock.now())
    Slot.objects.filter(pk=slot_id).update(state=Slot.State.DONE, ended_at=clock.now())


def work_of(result: DBTaskResult[..., Any]) -> Recurring | None:
    """The recurring work a job is a run of; None for an ordinary job."""
    slot = Slot.objects.filter(result=result).first()
    return works().get(slot.key) if slot else None


@dataclass(frozen=True)
class Outlook:
    """One line of the timetable as people see it."""

    work: Recurring
    last: Slot | None
    next_at: datetime | None  # None: it is off

    @property
    def rhythm(self) -> str:
        times = "、".join(f"{at:%H:%M}" for at in self.work.at)
        return f"{self.work.days.value} {times if len(self.work.at) <= 4 else f'1日{len(self.work.at)}回'}"

    @property
    def state(self) -> tuple[str, str]:
        """Kind of the tag and its words."""
        if self.work.off:
            return "warn", "止めてある"
        if self.last is None or self.last.state == Slot.State.FIRST:
            return "info", "これから"
        if self.last.state == Slot.State.DONE:
            return "ok", "終わった"
        result = self.last.result
        if result is None:
            return "err", "取りやめた"
        if hasattr(result, "dead_letter"):
            return "err", "止まった"
        if result.status == TaskResultStatus.RUNNING:
            return "info", "動いている"
        return ("warn", "やり直す") if result.worker_ids else ("info", "順番を待つ")


def outlook(now: datetime) -> list[Outlook]:
    """Every line with its last and its next time, the next one first; what is off stands at the end."""
    days = calendar()
    lines = [
        Outlook(
            work=work,
            last=Slot.objects.filter(key=work.key).select_related("result__dead_letter").order_by("-due_at").first(),
            next_at=None if work.off else rules.next_due(work, now, days),
        )
        for work in works().values()
    ]
    return sorted(lines, key=lambda line: (line.next_at is None, line.next_at or now, line.work.key))
