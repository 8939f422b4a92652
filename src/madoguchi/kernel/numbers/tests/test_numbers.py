"""A number is kept apart, masked for everyone, and shown only together with a record of who, why and by which law."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from madoguchi.kernel.audit.public import PurposeMissing, history
from madoguchi.kernel.numbers.models import Handling, PersonalNumber
from madoguchi.kernel.numbers.public import MASK, NotAPersonalNumber, erase, has_number, keep, show
from madoguchi.kernel.vault.public import CannotUnseal
from madoguchi.lib import clock

NUMBER, OTHER = "621498320257", "123456789018"
WHY = {"purpose": "procedures.number", "legal_basis": "番号法 第9条第1項"}


@pytest.fixture
def thing(resident):
    return resident


def give(thing, number=NUMBER, name="claimant"):
    keep(number, thing, name, actor=thing, now=clock.now(), **WHY)
    return PersonalNumber.objects.get(name=name)


def dump() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM numbers_personalnumber")
        rows = cursor.fetchall()
        cursor.execute("SELECT * FROM numbers_handling")
        return repr([*rows, *cursor.fetchall()])


def test_reading_the_attribute_gives_a_mask_and_the_database_holds_no_number(thing):
    kept = give(thing, "6214 9832 0257")
    assert str(kept.number) == MASK
    assert NUMBER not in dump()
    assert NUMBER not in repr(vars(kept))
    kept.save()
    assert show(thing, "claimant", actor=thing, now=clock.now(), **WHY) == NUMBER


def test_it_is_shown_with_a_record_and_a_line_in_the_trail(thing, staff_clerk):
    kept = give(thing)
    assert show(thing, "claimant", actor=staff_clerk, now=clock.now(), **WHY) == NUMBER
    seen = Handling.objects.last()
    assert (seen.act, seen.actor) == ("shown", f"accounts.person:{staff_clerk.pk}")
    assert (seen.purpose, seen.legal_basis) == tuple(WHY.values())
    line = history(kept).last()
    assert (line.number, line.verb) == (seen.line, "numbers.number.viewed")
    assert line.detail["basis"] == WHY["legal_basis"]
    assert NUMBER not in str(line.detail)


def test_without_a_record_it_is_not_shown(thing, monkeypatch):
    give(thing)

    def broken(**_fields):
        raise DatabaseError

    monkeypatch.setattr(Handling.objects, "create", broken)
    with pytest.raises(DatabaseError):
        show(thing, "claimant", actor=thing, now=clock.now(), **WHY)


@pytest.mark.django_db(transaction=True)
def test_nothing_around_the_look_can_take_its_record_back(thing):
    give(thing)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        show(thing, "claimant", actor=thing, now=clock.now(), **WHY)


@pytest.mark.parametrize("missing", [{"purpose": "curiosity"}, {"purpose": ""}])
def test_a_purpose_nobody_named_opens_nothing(thing, missing):
    give(thing)
    with pytest.raises(PurposeMissing):
        show(thing, "claimant", actor=thing, now=clock.now(), **{**WHY, **missing})
    assert [record.act for record in Handling.objects.all()] == ["kept"]


def test_without_a_legal_basis_the_database_refuses(thing):
    with pytest.raises(DatabaseError), transaction.atomic():
        keep(NUMBER, thing, "claimant", actor=thing, now=clock.now(), **{**WHY, "legal_basis": ""})
    assert not has_number(thing, "claimant")


@pytest.mark.parametrize("wrong", ["621498320258", "6214", "1234567890123", "窓口"])
def test_what_is_no_number_is_not_kept_and_not_repeated(thing, wrong):
    with pytest.raises(NotAPersonalNumber) as refused:
        give(thing, wrong)
    assert wrong not in str(refused.value)


def test_a_second_one_replaces_the_first(thing):
    give(thing)
    give(thing, OTHER)
    assert show(thing, "claimant", actor=thing, now=clock.now(), **WHY) == OTHER
    assert [record.act for record in Handling.objects.all()] == ["kept", "replaced", "shown"]


def test_a_number_that_was_moved_to_another_record_does_not_open(thing, other_resident):
    give(thing)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE numbers_personalnumber SET subject = %s", [f"accounts.person:{other_resident.pk}"])
    with pytest.raises(CannotUnseal):
        show(other_resident, "claimant", actor=thing, now=clock.now(), **WHY)


def test_erased_is_gone_and_the_record_says_so(thing):
    give(thing)
    assert erase(thing, actor=None, now=clock.now(), **WHY) == 1
    assert not has_number(thing, "claimant")
    assert [record.act for record in Handling.objects.all()] == ["kept", "erased"]
    with pytest.raises(Http404):
        show(thing, "claimant", actor=thing, now=clock.now(), **WHY)
    assert erase(thing, actor=None, now=clock.now(), **WHY) == 0


@pytest.mark.parametrize("act", ["UPDATE numbers_handling SET actor = 'x'", "DELETE FROM numbers_handling"])
def test_the_record_of_access_cannot_be_changed(thing, act):
    give(thing)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)


def test_its_key_seals_nothing_else(thing):
    give(thing)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM numbers_personalnumber")
        number = cursor.fetchone()[0]
        cursor.execute("SELECT name FROM accounts_person")
        assert number[:8] not in {name[:8] for (name,) in cursor.fetchall()}
