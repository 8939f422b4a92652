"""静かな時間: hours in which nobody's telephone shall ring for what can wait; by dated values of the city."""

from datetime import datetime, time, timedelta

from madoguchi.kernel.citydata.public import parameter
from madoguchi.lib import clock

HOURS = ("notify_quiet_from", "notify_quiet_until")


def quiet_until(now: datetime) -> datetime | None:
    """When the quiet hours of this moment end; None outside of them, and in a city without."""
    today, local = clock.day_of(now), now.astimezone(clock.TOKYO).time()
    try:
        begin, end = (time.fromisoformat(str(parameter(key, on=today).value)) for key in HOURS)
    except LookupError:
        return None
    over_midnight = begin > end
    is_quiet = (local >= begin or local < end) if over_midnight else begin <= local < end
    if not is_quiet:
        return None
    last_day = today + timedelta(days=1) if over_midnight and local >= begin else today
    return datetime.combine(last_day, end, clock.TOKYO)
