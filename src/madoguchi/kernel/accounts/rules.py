"""Decisions about signing in: how long, how often, with what. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from madoguchi.lib.limits import Limit


@dataclass(frozen=True)
class Life:
    """How long a session lasts without an act, and at most."""

    idle: timedelta
    absolute: timedelta

    def is_over(self, *, began_at: datetime, seen_at: datetime, now: datetime) -> bool:
        return now - seen_at > self.idle or now - began_at > self.absolute or now < began_at - CLOCK_SKEW


CLOCK_SKEW = timedelta(minutes=5)
STAFF = Life(idle=timedelta(minutes=30), absolute=timedelta(hours=10))  # a working day
RESIDENT = Life(idle=timedelta(hours=1), absolute=timedelta(hours=8))
SHARED = Life(idle=timedelta(minutes=10), absolute=timedelta(hours=1))
HALF_SIGNED_IN = timedelta(minutes=10)  # between the password and the second factor


def life(*, is_staff: bool, shared: bool) -> Life:
    if shared:
        return SHARED
    return STAFF if is_staff else RESIDENT


PASSWORD = Limit("password", most=5, window=timedelta(minutes=15))
PASSWORD_FROM_ADDRESS = Limit("password.address", most=50, window=timedelta(minutes=15))
CODE = Limit("code", most=5, window=timedelta(minutes=15))
PASSKEY_FROM_ADDRESS = Limit("passkey.address", most=50, window=timedelta(minutes=15))
PROVIDER_FROM_ADDRESS = Limit("provider.address", most=100, window=timedelta(minutes=15))


# the first mark found wins: Edge also says Chrome, Chrome also says Safari, Android also says Linux
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Browser and system in two words, enough to recognise the own device by."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return " / ".join(part for part in (browser, system) if part)
