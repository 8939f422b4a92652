"""The city's day begins at midnight in Tokyo, fifteen hours into the day before by UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest

from madoguchi.lib import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 14, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_turns_at_fifteen_hours_utc(moment: datetime, day: date) -> None:
    assert clock.day_of(moment) == day


def test_today_is_the_day_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 31, 15, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 4, 1)
