"""When recurring work is due, and how long a job may run. Times of day are the city's: Asia/Tokyo, without DST."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings

from madoguchi.kernel.registry.public import Days, Recurring
from madoguchi.lib import clock
from madoguchi.lib.workdays import ONE_DAY, BusinessCalendar

MAX_RUN = timedelta(minutes=10)
LONG = "long"  # the queue of the jobs that may take longer
GRACE = timedelta(seconds=30)  # a worker ends its own job first; only then others count it as lost
MOST_DAYS_APART = 63  # first working day to first working day, with room


def max_run(queue_name: str) -> timedelta:
    """How long a job of that queue may run before it is stopped."""
    return timedelta(minutes=settings.JOB_LONG_MINUTES) if queue_name == LONG else MAX_RUN


def falls_on(days: Days, day: date, calendar: BusinessCalendar) -> bool:
    if days is Days.WORKING_DAYS:
        return calendar.is_open(day)
    if days is Days.FIRST_WORKING_DAY:
        return day == calendar.next_open(day.replace(day=1))
    return True


def last_due(work: Recurring, now: datetime, calendar: BusinessCalendar) -> datetime:
    """The last moment at or before `now` when the work was due. Raises: NeverDue."""
    today = clock.day_of(now)
    moments = _moments(work, (today - n * ONE_DAY for n in range(MOST_DAYS_APART)), calendar)
    return _first((moment for moment in moments if moment <= now), work)


def next_due(work: Recurring, now: datetime, calendar: BusinessCalendar) -> datetime:
    """The first moment after `now` when the work is due. Raises: NeverDue."""
    today = clock.day_of(now)
    moments = _moments(work, (today + n * ONE_DAY for n in range(MOST_DAYS_APART)), calendar, backwards=False)
    return _first((moment for moment in moments if moment > now), work)


class NeverDue(Exception):
    """The calendar has no day for this work within two months: look at holidays.csv."""


def _moments(
    work: Recurring, days: Iterator[date], calendar: BusinessCalendar, *, backwards: bool = True
) -> Iterator[datetime]:
    for day in days:
        if falls_on(work.days, day, calendar):
            for at in sorted(work.at, reverse=backwards):
                yield datetime.combine(day, at, clock.TOKYO)


def _first(moments: Iterator[datetime], work: Recurring) -> datetime:
    for moment in moments:
        return moment
    raise NeverDue(work.key)
