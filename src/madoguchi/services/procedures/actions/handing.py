"""担当: who sees to a case. It can be taken, handed on and put back, and each of these taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, may, require
from madoguchi.kernel.audit.public import record
from madoguchi.services.procedures import rules
from madoguchi.services.procedures.actions.application import locked
from madoguchi.services.procedures.errors import HasHolder, NotPossibleNow, NotTheirCase
from madoguchi.services.procedures.models import Case

DECIDE = "procedures.case.decide"
Fact = dict[str, Any]


@transaction.atomic
def take(case_uid: UUID, *, actor: Person) -> Fact:
    """Take a case that nobody has. Raises: HasHolder, NotPossibleNow, NotAllowed; gives what `hand_back` needs."""
    case = locked(case_uid)
    if case.holder_id not in {None, actor.pk}:
        raise HasHolder
    return _hand(case, "procedures.case.taken", to=actor, actor=actor)


@transaction.atomic
def hand_on(case_uid: UUID, *, to: Person, actor: Person) -> Fact:
    """Give a case to somebody who may decide it. Raises: NotTheirCase, NotPossibleNow, NotAllowed."""
    case = locked(case_uid)
    if not may(to, DECIDE, case):
        raise NotTheirCase(to.name)
    return _hand(case, "procedures.case.handed_on", to=to, actor=actor)


@transaction.atomic
def put_back(case_uid: UUID, *, actor: Person) -> Fact:
    """Nobody has it any more. Raises: NotPossibleNow, NotAllowed."""
    return _hand(locked(case_uid), "procedures.case.put_back", to=None, actor=actor)


@transaction.atomic
def hand_back(fact: Fact, *, actor: Person, now: datetime) -> None:  # noqa: ARG001 - the same shape for every undo
    """As it was before. Raises: HasHolder when somebody else got it meanwhile, NotPossibleNow, NotAllowed."""
    case = locked(UUID(fact["case"]))
    if case.holder_id != fact["after"]:
        raise HasHolder
    before = Person.objects.filter(pk=fact["before"]).first()
    _hand(case, "procedures.case.handing_undone", to=before, actor=actor)


def _hand(case: Case, verb: str, *, to: Person | None, actor: Person) -> Fact:
    post = require(actor, DECIDE, case)
    if case.state not in rules.OPEN_STATES:
        raise NotPossibleNow(str(case.get_state_display()))
    before, after = case.holder_id, to.pk if to else None
    if before != after:
        case.holder = to
        case.save(update_fields=["holder"])
        detail = {"post": post.pk, "before": before or 0, "after": after or 0}  # people by their keys
        record(verb, actor=actor, target=case, detail=detail)
    return {"name": case.receipt_number, "case": str(case.uid), "before": before, "after": after}
