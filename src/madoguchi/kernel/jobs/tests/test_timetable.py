"""The timetable: due by the city's calendar, once for each time, caught up with once, by whoever looks first."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.jobs import timetable
from madoguchi.kernel.jobs.models import Slot
from madoguchi.kernel.jobs.rules import LONG, last_due, next_due
from madoguchi.kernel.jobs.testing import RUNS
from madoguchi.kernel.registry.public import Days, Recurring
from madoguchi.lib import clock
from madoguchi.lib.workdays import BusinessCalendar

# 年末年始: most cities close from 29 December to 3 January by an ordinance after 地方自治法4条の2
NEW_YEAR = BusinessCalendar(frozenset(date(2026, 12, day) for day in (29, 30, 31)) | {date(2027, 1, 2)})


def work(days=Days.EVERY_DAY, *at, key="example.note", **more):
    run = "madoguchi.kernel.jobs.testing.note_run"
    return Recurring(key=key, name="例", at=at or (time(2, 15),), days=days, run=run, **more)


def tokyo(*when) -> datetime:
    return datetime(*when, tzinfo=clock.TOKYO)


@pytest.mark.parametrize(
    ("days", "now", "last", "following"),
    [
        # 2026-11-03 文化の日 is a Tuesday, 11-23 勤労感謝の日 a Monday; 2027-01-04 is the first open day of the year
        (Days.EVERY_DAY, (2026, 11, 3, 2, 14), (2026, 11, 2, 2, 15), (2026, 11, 3, 2, 15)),
        (Days.EVERY_DAY, (2026, 11, 3, 2, 15), (2026, 11, 3, 2, 15), (2026, 11, 4, 2, 15)),
        (Days.WORKING_DAYS, (2026, 11, 3, 12, 0), (2026, 11, 2, 2, 15), (2026, 11, 4, 2, 15)),
        (Days.WORKING_DAYS, (2026, 11, 21, 12, 0), (2026, 11, 20, 2, 15), (2026, 11, 24, 2, 15)),
        (Days.WORKING_DAYS, (2026, 12, 30, 12, 0), (2026, 12, 28, 2, 15), (2027, 1, 4, 2, 15)),
        (Days.FIRST_WORKING_DAY, (2026, 11, 29, 12, 0), (2026, 11, 2, 2, 15), (2026, 12, 1, 2, 15)),
        (Days.FIRST_WORKING_DAY, (2026, 12, 30, 12, 0), (2026, 12, 1, 2, 15), (2027, 1, 4, 2, 15)),
    ],
)
def test_due_by_the_calendar_of_the_city(days, now, last, following):
    assert last_due(work(days), tokyo(*now), NEW_YEAR) == tokyo(*last)
    assert next_due(work(days), tokyo(*now), NEW_YEAR) == tokyo(*following)


def test_times_are_those_of_tokyo_all_the_year():
    """02:15 in Tokyo is 17:15 UTC of the day before, also on the days when clocks change elsewhere."""
    for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1)):
        noon = datetime.combine(day, time(12), clock.TOKYO)
        assert last_due(work(), noon, NEW_YEAR).astimezone(UTC).time() == time(17, 15)


def test_several_times_a_day():
    often = work(Days.EVERY_DAY, time(18), time(6))
    assert last_due(often, tokyo(2026, 11, 3, 7), NEW_YEAR) == tokyo(2026, 11, 3, 6)
    assert next_due(often, tokyo(2026, 11, 3, 7), NEW_YEAR) == tokyo(2026, 11, 3, 18)


@pytest.fixture
def only(monkeypatch, example_city):
    def these(*listed):
        monkeypatch.setattr(timetable, "works", lambda: {item.key: item for item in listed})

    RUNS.clear()
    return these


NIGHT = tokyo(2026, 11, 4, 2, 15)


def test_work_seen_for_the_first_time_waits_for_its_next_time(only):
    only(work())
    assert timetable.queue_due(NIGHT + timedelta(hours=1)) == 0
    assert timetable.queue_due(NIGHT + timedelta(hours=23, minutes=59)) == 0
    assert timetable.queue_due(NIGHT + timedelta(hours=24)) == 1


def test_a_slot_runs_once_however_often_and_by_whom_it_is_looked_for(only):
    only(work())
    timetable.queue_due(NIGHT - timedelta(days=1))
    assert [timetable.queue_due(NIGHT + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    slot = Slot.objects.get(due_at=NIGHT)
    timetable.run_slot.call(slot_id=slot.pk)
    timetable.run_slot.call(slot_id=slot.pk)
    assert len(RUNS) == 1
    assert DBTaskResult.objects.count() == 1


def test_a_slot_another_worker_noted_in_the_same_moment_is_left_to_it(only):
    only(work())
    timetable.queue_due(NIGHT - timedelta(days=1))
    Slot.objects.create(key="example.note", due_at=NIGHT, noted_at=NIGHT)
    assert timetable._queue("example.note", NIGHT, NIGHT, is_first=False) is False
    assert not DBTaskResult.objects.exists()


def test_what_was_missed_for_a_week_is_caught_up_with_once(only):
    only(work())
    timetable.queue_due(NIGHT)
    assert timetable.queue_due(NIGHT + timedelta(days=7, hours=5)) == 1
    assert timetable.queue_due(NIGHT + timedelta(days=7, hours=5, minutes=1)) == 0
    assert list(Slot.objects.values_list("due_at", flat=True).order_by("due_at")) == [NIGHT, NIGHT + timedelta(days=7)]


def test_a_clock_set_back_runs_no_night_again(only):
    only(work())
    for day in range(3):
        timetable.queue_due(NIGHT + timedelta(days=day))
    assert [timetable.queue_due(NIGHT + timedelta(days=day)) for day in range(3)] == [0, 0, 0]


def test_work_that_is_off_never_runs_and_says_why(only, capsys):
    only(work(off="設定 BACKUP_DIR がありません"), work(key="example.other", is_long=True))
    timetable.queue_due(NIGHT - timedelta(days=1))
    timetable.queue_due(NIGHT)
    assert list(Slot.objects.values_list("key", flat=True).distinct()) == ["example.other"]
    assert DBTaskResult.objects.get().queue_name == LONG
    call_command("timetable")
    other, off = capsys.readouterr().out.splitlines()
    assert "last 2026-11-04 02:15 順番を待つ" in other
    assert "off: 設定 BACKUP_DIR がありません" in off


def test_everything_in_the_lists_can_be_run(example_city):
    listed = timetable.works()
    assert {"accounts.reorganise", "audit.head", "backup.backup", "plan.remind", "search.forget"} <= set(listed)
    for key, found in listed.items():
        assert found.name, key
        run = import_string(found.run)
        if not found.off:  # else what it works on is not here: journeys/test_backup.py, notify/tests/test_bounces.py
            run(now=clock.now())
