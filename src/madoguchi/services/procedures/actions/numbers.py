"""個人番号 in a case: the number goes to a place of its own, the answers only say that it was given."""

from datetime import datetime
from typing import Any

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.numbers.public import has_number, keep, show
from madoguchi.lib import clock
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.pack import Question

PURPOSE = "procedures.number"
GIVEN = "given"


def put_aside(case: Case, question: Question, value: Any, *, actor: Person, now: datetime) -> Any:
    """What the answers hold: of a personal number that it was given; an empty box leaves it as it is."""
    if question.type != "personal_number":
        return value
    if value and value != GIVEN:
        keep(value, case, question.key, actor=actor, purpose=PURPOSE, legal_basis=question.legal_basis, now=now)
        return GIVEN
    return GIVEN if has_number(case, question.key) else ""


def show_number(case: Case, question: Question, *, actor: Person) -> str:
    """For a clerk who may see it, with a record of why and by which law. Raises: NotPermitted, Http404."""
    with transaction.atomic():
        require(actor, "procedures.number.view", case)
    return show(case, question.key, actor=actor, purpose=PURPOSE, legal_basis=question.legal_basis, now=clock.now())
