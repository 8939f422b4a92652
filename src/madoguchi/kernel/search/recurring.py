"""What the search sees to by itself."""

from datetime import datetime, time

from madoguchi.kernel.registry.public import Recurring
from madoguchi.kernel.search.missed import turn_day
from madoguchi.lib import clock

TIMETABLE = [
    Recurring(
        key="search.forget",
        name="検索のかぎを捨て、古いことばを忘れる",
        at=(time(0, 1),),
        run="madoguchi.kernel.search.recurring.forget",
    )
]


def forget(*, now: datetime) -> None:
    """Also on a day when nobody searches: the secret that tells the visitors of a day apart goes when it is over."""
    turn_day(clock.day_of(now))
