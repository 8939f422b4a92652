"""The clock: read by views, jobs and commands only; rules and actions are told the time."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in the city."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The date in the city at that moment."""
    return moment.astimezone(TOKYO).date()


def start_of(day: date) -> datetime:
    """The moment at which that day begins in the city."""
    return datetime.combine(day, time.min, TOKYO)
