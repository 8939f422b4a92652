"""指標: trend, target path, age, and whether a value is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from madoguchi.lib.halfyear import HalfYear


@dataclass(frozen=True)
class Point:
    """What an indicator was on a day."""

    on: date
    value: float
    source: str


def age_days(points: Sequence[Point], today: date) -> int | None:
    """Days since the last value; None without any."""
    return (today - max(point.on for point in points)).days if points else None


def is_stale(points: Sequence[Point], *, update_days: int, grace_days: int, expected_since: date, today: date) -> bool:
    """Whether a value should be here and is not; before the first value the time runs from `expected_since`."""
    last = max((point.on for point in points), default=expected_since)
    return today > last + timedelta(days=update_days + grace_days)


def path(*, start: float | None, target: float | None, first: HalfYear, last: HalfYear) -> list[tuple[HalfYear, float]]:
    """目標の道すじ: the straight way from the start to the target, one value a half-year; empty without a target."""
    if target is None:
        return []
    halves = list(first.through(last))
    origin = start or 0.0
    return [(half, origin + (target - origin) * place / len(halves)) for place, half in enumerate(halves, 1)]


def expected(points_of_path: Sequence[tuple[HalfYear, float]], on: date) -> float | None:
    """Where the path stands at the end of the last half-year that is over; None before that."""
    over = [value for half, value in points_of_path if half.last <= on]
    return over[-1] if over else None
