"""What the database holds of a person: nothing that can be read without the key."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from madoguchi.kernel.accounts.public import Person


@pytest.mark.django_db
def test_the_database_holds_no_name_address_or_birth_date():
    person = Person.objects.create(
        kind="resident", subject_index="s" * 64, name="窓口 花子", address="例示市一丁目", birthdate_text="1992-04-15"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, address, birthdate_text FROM accounts_person WHERE id = %s", [person.pk])
        raw = " ".join(cursor.fetchone())
    for secret in ("窓口", "花子", "例示市", "1992"):
        assert secret not in raw
    again = Person.objects.get(pk=person.pk)
    assert (again.name, again.address, str(again.birthdate)) == ("窓口 花子", "例示市一丁目", "1992-04-15")


@pytest.mark.django_db
def test_sealed_fields_cannot_be_searched():
    with pytest.raises(FieldError, match="blind index"):
        Person.objects.filter(name="窓口 花子").exists()
    with pytest.raises(FieldError, match="blind index"):
        Person.objects.filter(name__contains="窓口").exists()
