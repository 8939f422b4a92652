"""How long it is kept that a notice went out: to whom and when, never its words."""

from collections.abc import Iterator
from datetime import date, datetime

from madoguchi.kernel.citydata.public import parameter
from madoguchi.kernel.notify.models import Notice
from madoguchi.lib import clock, keeping
from madoguchi.lib.keeping import Due, Rule


def due(today: date) -> Iterator[Due]:
    """By the city's period; without one nothing is erased."""
    try:
        years = int(parameter("retention_notice_years", on=today).value)
    except LookupError:
        return
    before = clock.start_of(keeping.ended_before(today, years))
    found = Notice.objects.filter(queued_at__lt=before).exclude(state=Notice.State.QUEUED).order_by("pk")
    for pk, queued_at, recipient in found.values_list("pk", "queued_at", "recipient").iterator(chunk_size=2000):
        day = keeping.due_on(clock.day_of(queued_at), years)
        yield Due(pk, day, (f"notify.notice:{pk}", f"accounts.person:{recipient}"))


def erase(pk: int, now: datetime) -> list[str]:  # noqa: ARG001 - a rule's shape
    """Raises: DoesNotExist."""
    Notice.objects.select_for_update().get(pk=pk).delete()
    return []


RULES = [
    Rule(
        key="notify.notice",
        name="お知らせの送信の記録",
        period="送った年度の翌年度の4月1日から、市のデータが定める年数",
        due="madoguchi.kernel.notify.retention.due",
        erase="madoguchi.kernel.notify.retention.erase",
        needs_decision=False,
    )
]
