"""Working days of a city office: no weekends, no national holidays, none of the city's own closures."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import jpholiday

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class BusinessCalendar:
    """`closures` are the days the office is closed beyond weekends and national holidays."""

    closures: frozenset[date] = field(default_factory=frozenset)

    def is_open(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.closures and day not in _national_holidays(day.year)

    def next_open(self, day: date) -> date:
        """`day` itself if the office is open, else the first open day after it."""
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def add(self, day: date, working_days: int) -> date:
        """The open day that comes `working_days` open days after `day`; the day itself does not count."""
        if working_days < 0:
            raise ValueError("working days are counted forward")
        for _ in range(working_days):
            day = self.next_open(day + ONE_DAY)
        return day

    def count(self, first: date, last: date) -> int:
        """Open days after `first` up to and with `last`; 0 when `last` is not after `first`."""
        days = (last - first).days
        return sum(self.is_open(first + timedelta(days=offset)) for offset in range(1, days + 1))


@lru_cache(maxsize=64)
def _national_holidays(year: int) -> frozenset[date]:
    """国民の祝日に関する法律, 国民の休日 and 振替休日 included."""
    return frozenset(day for day, _name in jpholiday.year_holidays(year))
