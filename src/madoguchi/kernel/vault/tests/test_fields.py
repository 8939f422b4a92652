"""Sealed fields on real rows: a value opens in its own column and row, and nowhere else."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from madoguchi.kernel.vault.public import CannotUnseal

pytestmark = pytest.mark.django_db


def people():
    from django.contrib.auth import get_user_model

    return get_user_model().objects


def make(key: str, **facts: str):
    return people().create(kind="resident", subject_index=key, **facts)


def raw(person, column: str = "name") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_person WHERE id = %s", [person.pk])
        return cursor.fetchone()[0]


def write(person, column: str, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_person SET {column} = %s WHERE id = %s", [text, person.pk])


def test_a_value_comes_back_and_is_not_in_the_database():
    person = make("a", name="窓口 花子𠮷")
    assert people().get(pk=person.pk).name == "窓口 花子𠮷"
    assert "花子" not in raw(person)


def test_a_value_of_another_row_is_noticed():
    one, other = make("a", name="窓口 花子"), make("b", name="試験 太郎")
    write(one, "name", raw(other))
    with pytest.raises(CannotUnseal):
        people().get(pk=one.pk).name  # noqa: B018 - the read opens it
    assert people().get(pk=other.pk).name == "試験 太郎"


def test_a_value_of_another_column_is_noticed():
    person = make("a", name="窓口 花子", address="例示市見本町1")
    write(person, "name", raw(person, "address"))
    with pytest.raises(CannotUnseal):
        people().get(pk=person.pk).name  # noqa: B018


def test_what_was_not_read_is_saved_as_it_is_and_what_was_read_is_sealed_anew():
    person = make("a", name="窓口 花子", address="例示市見本町1")
    before = raw(person), raw(person, "address")
    found = people().get(pk=person.pk)
    assert found.name
    found.save()
    assert raw(person) != before[0]
    assert raw(person, "address") == before[1]
    assert people().get(pk=person.pk).address == "例示市見本町1"


def test_a_copied_row_seals_its_values_for_itself():
    copy = people().get(pk=make("a", name="窓口 花子").pk)
    copy.pk, copy.subject_index, copy._state.adding = None, "b", True
    copy.uid = type(copy)._meta.get_field("uid").get_default()
    with pytest.raises(CannotUnseal):  # unread, it still is the other row's
        copy.save()


def test_rows_written_at_once_are_bound_each_to_itself():
    model = people().model
    people().bulk_create(model(kind="resident", subject_index=key, name=f"窓口 {key}") for key in ("a", "b"))
    assert [person.name for person in people().order_by("pk")] == ["窓口 a", "窓口 b"]


def test_an_update_that_knows_no_row_is_refused():
    make("a", name="窓口 花子")
    with pytest.raises(FieldError, match="save the object"):
        people().update(name="試験 太郎")


def test_a_sealed_value_cannot_be_searched():
    for wrong in ({"name": "窓口 花子"}, {"name__contains": "花子"}, {"name__in": ["窓口 花子"]}):
        with pytest.raises(FieldError, match="blind index"):
            people().filter(**wrong)
    assert not people().filter(name="").exists()
