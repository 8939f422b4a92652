"""Events: with the act or not at all, told in order and at least once, told again when asked, ids only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.events import actions, hearing, recurring
from madoguchi.kernel.events.actions import NotAnId, publish, tell
from madoguchi.kernel.events.models import Delivery, Event
from madoguchi.kernel.events.testing import tell_everything

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 4, 3, tzinfo=UTC)
HEARD: list[tuple[str, int]] = []
FAILS: set[int] = set()


def first(event: Event) -> None:
    """A hearer."""
    if event.ids["case_id"] in FAILS:
        raise RuntimeError
    HEARD.append((event.name, event.pk))


def second(event: Event) -> None:
    """Another."""


FIRST, SECOND = f"{__name__}.first", f"{__name__}.second"


@pytest.fixture(autouse=True)
def example(monkeypatch):
    HEARD.clear()
    FAILS.clear()
    monkeypatch.setattr(actions, "published", lambda: {"example.case.begun": "始めた", "example.case.ended": "終えた"})
    listed = {"example.case.begun": (FIRST, SECOND), "example.case.ended": (FIRST,)}
    monkeypatch.setattr(actions, "hearers", lambda: listed)
    return listed


def happened(name: str = "begun", case_id: int = 1, at: datetime = NOW) -> Event:
    with transaction.atomic():
        return publish(f"example.case.{name}", at=at, case_id=case_id)


@pytest.mark.django_db(transaction=True)
def test_no_act_no_event_and_nobody_hears_before_the_act_stands():
    with transaction.atomic():
        publish("example.case.begun", at=NOW, case_id=1)
        assert HEARD == []
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    assert not DBTaskResult.objects.exists()
    with pytest.raises(transaction.TransactionManagementError):
        publish("example.case.begun", at=NOW, case_id=1)


@pytest.mark.parametrize("value", ["窓口 花子", "hanako@example.jp", "1992/04/15", "a b", "", "x" * 81])
def test_an_event_holds_ids_and_never_what_stands_in_the_record(value):
    with pytest.raises(NotAnId):
        publish("example.case.begun", at=NOW, case_id=value)
    with pytest.raises(NotAnId):
        publish("example.case.begun", at=NOW, case_id=1, name=value)
    with pytest.raises(NotAnId):
        publish("example.case.begun", at=NOW)


def test_an_event_nobody_named_is_refused():
    with pytest.raises(KeyError, match="not named"):
        publish("example.case.burnt", at=NOW, case_id=1)


def test_every_hearer_is_told_once_however_often_the_job_runs():
    event = happened()
    jobs = [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.all()]
    assert sorted(job["hearer"] for job in jobs) == [FIRST, SECOND]
    for _ in range(2):
        for job in jobs:
            tell.call(**job)
    assert [("example.case.begun", event.pk)] == HEARD
    assert not Delivery.objects.filter(done_at=None).exists()


def test_what_happens_to_one_thing_is_told_in_order_by_whichever_job_comes_first():
    begun, ended = happened("begun"), happened("ended")
    tell.call(hearer=FIRST, subject=ended.subject)
    assert [("example.case.begun", begun.pk), ("example.case.ended", ended.pk)] == HEARD


def test_while_one_fails_what_came_later_waits_and_other_things_do_not():
    stuck, later, other = happened("begun", 1), happened("ended", 1), happened("begun", 2)
    FAILS.add(1)
    for event in (stuck, later):
        with pytest.raises(RuntimeError):
            tell.call(hearer=FIRST, subject=event.subject)
    tell.call(hearer=FIRST, subject=other.subject)
    assert [("example.case.begun", other.pk)] == HEARD
    FAILS.clear()
    tell.call(hearer=FIRST, subject=stuck.subject)
    assert [pk for _, pk in HEARD] == [other.pk, stuck.pk, later.pk]


def test_what_a_hearer_wrote_goes_when_it_fails(monkeypatch):
    def writes_and_fails(event):
        Event.objects.create(name="example.case.ended", subject="trace", at=NOW)
        raise RuntimeError(event)

    event = happened()
    monkeypatch.setattr(actions, "import_string", lambda _: writes_and_fails)
    with pytest.raises(RuntimeError):
        tell.call(hearer=FIRST, subject=event.subject)
    assert not Event.objects.filter(subject="trace").exists()
    assert Delivery.objects.filter(done_at=None).count() == 2


def test_a_replay_tells_again_and_tells_those_that_came_later(example, capsys, monkeypatch):
    old, new = happened(at=NOW - timedelta(days=2)), happened(at=NOW)
    tell_everything()
    HEARD.clear()
    example["example.case.begun"] = (FIRST,)
    monkeypatch.setattr(actions, "BATCH", 1)
    assert actions.replay(since=NOW - timedelta(days=9), hearer=SECOND) == 0, "it hears no longer"
    assert actions.replay(since=NOW - timedelta(days=1), name="example.case.begun") == 1
    tell_everything()
    assert [pk for _, pk in HEARD] == [new.pk]
    assert actions.replay(since=NOW - timedelta(days=9)) == 2
    tell_everything()
    assert [pk for _, pk in HEARD] == [new.pk, old.pk, new.pk]
    for wrong in ({"name": "no.such.event"}, {"hearer": "nobody"}):
        with pytest.raises(CommandError, match="events list"):
            call_command(
                "events", "replay", "--since=2026-11-01", *(f"--{key}={value}" for key, value in wrong.items())
            )
    call_command("events", "list")
    listed = capsys.readouterr().out
    assert all(name in listed for name in hearing.published())


def test_a_hearer_that_was_taken_out_is_passed_over(example):
    happened()
    example["example.case.begun"] = (FIRST,)
    tell_everything()
    assert not Delivery.objects.filter(done_at=None).exists()


def test_old_events_go_once_everybody_has_heard():
    long_ago = NOW - timedelta(days=3 * 366)
    heard, unheard, young = happened(at=long_ago), happened(case_id=2, at=long_ago), happened(case_id=3)
    tell.call(hearer=FIRST, subject=heard.subject)
    tell.call(hearer=SECOND, subject=heard.subject)
    recurring.forget(now=NOW)
    assert set(Event.objects.values_list("pk", flat=True)) == {unheard.pk, young.pk}
