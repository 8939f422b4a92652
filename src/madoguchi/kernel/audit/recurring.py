"""What the trail sees to by itself."""

import logging
from datetime import datetime, time

from madoguchi.kernel.audit import heads, stamps
from madoguchi.kernel.registry.public import Recurring

_log = logging.getLogger(__name__)

TIMETABLE = [
    Recurring(
        key="audit.head",
        name="監査記録の要約値をとり、時刻証明を受ける",
        at=(time(0, 30),),
        run="madoguchi.kernel.audit.recurring.take_head",
    )
]


def take_head(*, now: datetime) -> None:
    """The head of the day. A time-stamp that did not come is asked for again the next night; the head stands."""
    heads.take_head(now=now)
    if stamps.is_set_up():
        stamps.stamp_missing(tell=_log.warning)
