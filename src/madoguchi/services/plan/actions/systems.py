"""Writing the renewal of systems: a table is taken whole or not at all."""

from collections.abc import Sequence

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.citydata.public import revise
from madoguchi.services.plan import queries
from madoguchi.services.plan.errors import TableMovedOn
from madoguchi.services.plan.pack import System


@transaction.atomic
def revise_systems(changed: Sequence[System], *, actor: Person, seen: str) -> None:
    """New revisions of these systems. `seen` is the digest of the table the differences were shown against.

    Raises: NotAllowed, TableMovedOn.
    """
    require(actor, "plan.system.revise")
    if queries.systems_digest() != seen:
        raise TableMovedOn
    for system in changed:
        revise("plan.system", system.key, system, actor=actor)
    record("plan.systems.revised", actor=actor, target="plan.system", detail={"count": len(changed)})
