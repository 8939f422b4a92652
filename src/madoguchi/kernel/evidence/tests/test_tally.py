"""What is counted by events: by days of the city, once however often told, and for longer than the records."""

from datetime import UTC, date, datetime

import pytest

from madoguchi.kernel.events.public import Event, publish
from madoguchi.kernel.events.testing import replay, tell_everything
from madoguchi.kernel.evidence.public import Period, counted

pytestmark = pytest.mark.django_db
NAME = "procedures.case.submitted"
BEFORE_MIDNIGHT = datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)  # 23:59:59 in Tokyo
MIDNIGHT = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)


def march_and_april() -> tuple[int, int]:
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    return counted(NAME, march), counted(NAME, april)


@pytest.fixture
def told():
    for case_id, at in enumerate((BEFORE_MIDNIGHT, MIDNIGHT, MIDNIGHT), 1):
        publish(NAME, at=at, case_id=case_id)
    tell_everything()


def test_a_day_is_a_day_of_the_city(told):
    assert march_and_april() == (1, 2)


def test_told_twice_it_counts_once(told):
    replay(since=datetime(2020, 1, 1, tzinfo=UTC))
    tell_everything()
    assert march_and_april() == (1, 2)


def test_the_count_outlives_the_events_and_goes_on(told):
    Event.objects.all().delete()
    publish(NAME, at=MIDNIGHT, case_id=9)
    tell_everything()
    assert march_and_april() == (1, 2), "of a day whose events are gone the count stands"
