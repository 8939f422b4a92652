"""Keeping, showing and erasing personal numbers; each act leaves its record in its transaction, or does not happen.

`purpose` is one that a manifest names, `legal_basis` the article that allows the act (番号法9条、14条、20条).
"""

from datetime import datetime

from django.db import models, transaction
from django.http import Http404

from madoguchi.kernel.audit.public import look, record
from madoguchi.kernel.numbers.errors import NotAPersonalNumber
from madoguchi.kernel.numbers.fields import NumberField
from madoguchi.kernel.numbers.models import Handling, PersonalNumber
from madoguchi.lib import personal_number

Act = Handling.Act


def _subject(thing: models.Model) -> str:
    return f"{thing._meta.label_lower}:{thing.pk}"


def has_number(thing: models.Model, name: str) -> bool:
    """Whether one is kept; that is no secret."""
    return PersonalNumber.objects.filter(subject=_subject(thing), name=name).exists()


@transaction.atomic
def keep(
    number: str,
    thing: models.Model,
    name: str,
    *,
    actor: models.Model,
    purpose: str,
    legal_basis: str,
    now: datetime,
) -> None:
    """Take the number a person gives for this record; one given before is replaced. Raises: NotAPersonalNumber."""
    digits = personal_number.digits_of(number)
    if not personal_number.is_valid(digits):
        raise NotAPersonalNumber
    kept = PersonalNumber.objects.select_for_update().filter(subject=_subject(thing), name=name).first()
    act = Act.REPLACED if kept else Act.KEPT
    kept = kept or PersonalNumber(subject=_subject(thing), name=name)
    kept.number, kept.kept_at = digits, now
    kept.save()
    _note(kept, act, actor=actor, purpose=purpose, legal_basis=legal_basis, now=now)


@transaction.atomic(durable=True)  # once the number is out, nothing around it may take the record back
def show(thing: models.Model, name: str, *, actor: models.Model, purpose: str, legal_basis: str, now: datetime) -> str:
    """The number, for eyes that the caller has permitted. Raises: Http404 where none is kept."""
    kept = PersonalNumber.objects.filter(subject=_subject(thing), name=name).first()
    if kept is None:
        raise Http404
    _note(kept, Act.SHOWN, actor=actor, purpose=purpose, legal_basis=legal_basis, now=now)
    field = PersonalNumber._meta.get_field("number")
    assert isinstance(field, NumberField)
    return field.revealed(kept)


@transaction.atomic
def erase(thing: models.Model, *, actor: models.Model | None, purpose: str, legal_basis: str, now: datetime) -> int:
    """Every number of this record, when its purpose has ended (番号法20条); how many."""
    found = list(PersonalNumber.objects.select_for_update().filter(subject=_subject(thing)).order_by("pk"))
    for kept in found:
        _note(kept, Act.ERASED, actor=actor, purpose=purpose, legal_basis=legal_basis, now=now)
        kept.delete()
    return len(found)


def _note(
    kept: PersonalNumber, act: str, *, actor: models.Model | None, purpose: str, legal_basis: str, now: datetime
) -> None:
    detail = {"subject": kept.subject, "name": kept.name, "basis": legal_basis}
    if act == Act.SHOWN:
        line = look("numbers.number.viewed", actor=actor, target=kept, purpose=purpose, detail=detail)
    else:
        line = record(f"numbers.number.{act}", actor=actor, target=kept, detail={**detail, "purpose": purpose})
    Handling.objects.create(
        number_uid=kept.uid,
        subject=kept.subject,
        name=kept.name,
        act=act,
        actor=line.actor,
        purpose=purpose,
        legal_basis=legal_basis,
        at=now,
        line=line.number,
    )
