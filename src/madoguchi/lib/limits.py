"""How often somebody may try. Pure; who counts keeps the count."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """At most so many tries within the window; then none at all for as long."""

    purpose: str
    most: int
    window: timedelta


@dataclass(frozen=True)
class Count:
    """Tries so far in a window."""

    count: int
    since: datetime
    closed_until: datetime | None

    def another(self, limit: Limit, now: datetime) -> "Count":
        """The count after one more try; the try is taken unless `closed_until` lies ahead."""
        if self.closed_until and now < self.closed_until:
            return self
        if self.closed_until or now - self.since > limit.window:
            return Count(1, now, None)
        if self.count >= limit.most:
            return Count(self.count, self.since, now + limit.window)
        return Count(self.count + 1, self.since, None)
