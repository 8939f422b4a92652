"""Writing the comparison with other municipalities: a table is taken whole or not at all."""

from collections.abc import Sequence

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.citydata.public import revise
from madoguchi.services.plan import queries
from madoguchi.services.plan.errors import TableMovedOn
from madoguchi.services.plan.pack import Peer


@transaction.atomic
def take(changed: Sequence[Peer], *, actor: Person, seen: str) -> None:
    """New rows and revisions. `seen` is the digest of the table the differences were shown against.

    Raises: NotAllowed, TableMovedOn.
    """
    require(actor, "plan.peer.revise")
    if queries.peers_digest() != seen:
        raise TableMovedOn
    for peer in changed:
        revise("plan.peer", peer.key, peer, actor=actor)
    record("plan.peers.revised", actor=actor, target="plan.peer", detail={"count": len(changed)})
