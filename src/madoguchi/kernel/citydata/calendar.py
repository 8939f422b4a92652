"""The working days of this city: national holidays, weekends, and the pack's own closures."""

from madoguchi.kernel.citydata.queries import records
from madoguchi.lib.workdays import BusinessCalendar


def calendar() -> BusinessCalendar:
    """One query; build it once where several dates are computed."""
    return BusinessCalendar(frozenset(closure.day for closure in records("closure")))
