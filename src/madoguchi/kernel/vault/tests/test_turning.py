"""A turn of the keys while the city works: old and new values open at every moment, whatever is interrupted."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.audit.public import history
from madoguchi.kernel.vault import datakeys, keyfile, resealing, turning
from madoguchi.kernel.vault.errors import CannotUnseal, CannotUnwrap
from madoguchi.kernel.vault.fields import EncryptedTextField
from madoguchi.kernel.vault.models import DataKey
from madoguchi.kernel.vault.public import blind_index, seal, unseal
from madoguchi.kernel.vault.testing import sealed_by_the_first_release
from madoguchi.lib import clock

NAMES = [f"窓口 {number}" for number in range(5)]


@pytest.fixture
def people(keys):
    model = get_user_model()
    return [model.objects.create(kind="resident", subject_index=name, name=name, email="") for name in NAMES]


def write(person, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET name = %s WHERE id = %s", [text, person.pk])


def raw() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_person ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def names() -> list[str]:
    return [person.name for person in get_user_model().objects.order_by("pk")]


def test_old_values_open_before_and_after_they_are_sealed_anew(people):
    before, index = raw(), blind_index("x", context="a")
    name = turning.turn(clock.now())[0]
    assert names() == NAMES
    assert raw() == before
    assert resealing.waiting()["accounts.person"] == len(NAMES)
    assert resealing.reseal().resealed == len(NAMES)
    assert names() == NAMES
    assert not set(raw()) & set(before)
    assert datakeys.current("fields")[0] == name
    assert sum(resealing.waiting().values()) == 0
    assert resealing.reseal().resealed == 0
    assert blind_index("x", context="a") == index


def test_the_process_that_still_seals_with_the_old_key_loses_nothing(people):
    old = datakeys.current("fields")
    turning.turn(clock.now())
    datakeys._memory.current["fields"] = (old[0], float("inf"))
    people[0].name = "改名 花子"
    people[0].save()
    assert names()[0] == "改名 花子"
    resealing.reseal()
    assert names()[0] == "改名 花子"
    assert sum(resealing.waiting().values()) == 0


def test_what_is_written_while_its_row_is_sealed_anew_stays(people, monkeypatch):
    turning.turn(clock.now())
    sealed, changed = EncryptedTextField.sealed, get_user_model().objects.get(pk=people[2].pk)

    def meanwhile(self, value, instance):
        result = sealed(self, value, instance)
        if value == NAMES[2]:
            changed.name = "そのあいだに"
            changed.save(update_fields=["name"])
        return result

    monkeypatch.setattr(EncryptedTextField, "sealed", meanwhile)
    resealing.reseal()
    assert names()[2] == "そのあいだに"


def test_an_interrupted_run_goes_on_where_it_was(people, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 2)
    turning.turn(clock.now())
    assert resealing.reseal(until=0.0).last_pk is not None
    steps = [resealing.reseal(until=0.0).resealed for _ in range(60)]
    assert max(steps) <= 2
    assert sum(resealing.waiting().values()) == 0 or resealing.reseal().last_pk is None
    assert names() == NAMES


def test_the_job_comes_back_for_late_writers_and_then_notes_the_end(people):
    now = clock.now()
    turning.turn(now)
    queued = DBTaskResult.objects.get()
    resealing.reseal_all.func(**queued.args_kwargs["kwargs"])
    again = DBTaskResult.objects.exclude(pk=queued.pk).get()
    assert again.run_after > now
    assert [line.verb for line in history("vault")] == ["vault.keys.turned"]
    resealing.reseal_all.func(turned_at=(now - 2 * resealing.LATE_WRITERS).isoformat())
    last = history("vault").last()
    assert (last.verb, last.detail) == ("vault.values.resealed", {"damaged": 0})


def test_values_of_the_first_release_open_until_they_are_sealed_anew(people):
    old = sealed_by_the_first_release("昔の 名前", "accounts.person.name")
    write(people[0], old)
    assert names()[0] == "昔の 名前"
    turning.turn(clock.now())
    assert names()[0] == "昔の 名前"
    resealing.finish(resealing.reseal())
    assert names()[0] == "昔の 名前"
    datakeys.forget()
    write(people[1], old)  # no row is bound in it: from now on it would be a forgery
    with pytest.raises(CannotUnseal):
        names()


def test_the_first_ring_stays_open_while_something_names_it(people):
    write(people[0], sealed_by_the_first_release("昔の 名前", "accounts.person.name"))
    resealing.finish(resealing.Batch())
    datakeys.forget()
    assert names()[0] == "昔の 名前"


def test_a_turn_that_was_killed_after_the_key_file_loses_nothing(people, keys):
    keyfile.add_key(keys)
    datakeys.forget()
    assert names() == NAMES
    turning.turn(clock.now())
    datakeys.forget()
    assert names() == NAMES
    assert {row.wrapped_by for row in DataKey.objects.all()} == {"file k3"}
    assert keys.stat().st_mode & 0o077 == 0


def test_a_process_with_the_key_file_of_before_reads_it_anew(people):
    stale = keyfile.key_ring()
    turning.turn(clock.now())
    keyfile.key_ring.cache_clear()
    fresh = keyfile.key_ring()
    assert set(fresh.keys) > set(stale.keys)
    assert names() == NAMES


def test_a_data_key_does_not_open_under_another_name(keys):
    first = DataKey.objects.get(use="fields")
    turning.turn(clock.now())
    second = DataKey.objects.get(use="fields", retired_at=None)
    DataKey.objects.filter(pk=second.pk).update(wrapped=DataKey.objects.get(pk=first.pk).wrapped)
    datakeys.forget()
    with pytest.raises(CannotUnwrap):
        seal(b"x", context="a")


def test_without_the_right_key_file_nothing_opens_and_the_words_say_so(people, keys):
    keys.unlink()
    keyfile.ensure_key_file(keys)
    keyfile.key_ring.cache_clear()
    datakeys.forget()
    with pytest.raises(CannotUnwrap):
        names()
    with pytest.raises(CommandError, match="was not wrapped by"):
        call_command("vault", "rotate")


def test_a_damaged_value_is_named_and_the_others_go_on(people, capsys):
    turning.turn(clock.now())
    write(people[1], raw()[1][:-8] + "AAAAAAA=")
    with pytest.raises(CommandError, match="do not open"):
        call_command("vault", "reseal")
    assert f"does not open: accounts.person:{people[1].pk}" in capsys.readouterr().out
    assert resealing.waiting()["accounts.person"] == 1


def test_the_command_turns_and_tells_what_is_left(people, capsys):
    call_command("vault", "rotate")
    call_command("vault", "status")
    told = capsys.readouterr().out
    assert f"{len(NAMES)} in accounts.person name an older key" in told
    assert "file k2" in told
    call_command("vault", "reseal")
    call_command("vault", "status")
    assert "everything is sealed with the key that seals now" in capsys.readouterr().out


def test_cookies_sealed_before_a_turn_still_open(keys):
    sealed = seal(b"x", context="a")
    turning.turn(clock.now() + timedelta(seconds=1))
    assert unseal(sealed, context="a") == b"x"
