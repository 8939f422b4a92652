"""What people wrote in a case is sealed with a key of the case; a turn of the keys seals only that key anew."""

import pytest
from django.db import connection

from madoguchi.kernel.vault.public import CannotUnseal
from madoguchi.kernel.vault.testing import own_keys, turn_and_reseal
from madoguchi.lib import clock
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.testing import make_draft, make_submitted

pytestmark = pytest.mark.django_db


def raw(case, *columns: str) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM procedures_case WHERE id = %s", [case.pk])
        return cursor.fetchone()


def write(case, column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE procedures_case SET {column} = %s WHERE id = %s", [value, case.pk])


def test_without_its_key_nothing_of_a_case_opens(resident, staff_clerk):
    case = make_submitted(resident)
    actions.refuse(case.uid, actor=staff_clerk, reason="要件に当たらない", now=clock.now())
    assert Case.objects.get(pk=case.pk).decision.reason == "要件に当たらない"
    write(case, "seal_key", "")
    with pytest.raises(CannotUnseal, match="own key is gone"):
        Case.objects.get(pk=case.pk).answers  # noqa: B018
    with pytest.raises(CannotUnseal, match="own key is gone"):
        Case.objects.get(pk=case.pk).decision.reason  # noqa: B018


def test_the_key_of_another_case_opens_nothing(resident, other_resident):
    one, other = make_submitted(resident), make_submitted(other_resident)
    write(one, "seal_key", raw(other, "seal_key")[0])
    with pytest.raises(CannotUnseal):
        Case.objects.get(pk=one.pk).answers  # noqa: B018


def test_a_case_from_before_such_keys_opens_and_is_saved_as_it_was(resident, monkeypatch):
    monkeypatch.setattr(Case._meta.get_field("seal_key"), "_get_default", lambda: "")
    case = make_draft(resident)
    assert raw(case, "seal_key") == ("",)
    found = Case.objects.get(pk=case.pk)
    assert found.answers["copies"] == 2
    found.answers = {**found.answers, "copies": 3}
    found.save()
    assert Case.objects.get(pk=case.pk).answers["copies"] == 3


def test_a_turn_seals_the_key_anew_and_leaves_what_it_sealed(example_city, settings, tmp_path):
    from madoguchi.kernel.accounts.testing import make_resident

    with own_keys(settings, tmp_path / "keys"):
        case = make_submitted(make_resident())
        key, answers = raw(case, "seal_key", "answers")
        assert turn_and_reseal() == {}
        assert raw(case, "answers") == (answers,)
        assert raw(case, "seal_key") != (key,)
        assert Case.objects.get(pk=case.pk).answers["copies"] == 2
