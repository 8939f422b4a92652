"""Reads that are worth a name."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.kernel.registry.public import hooks
from madoguchi.ui.words import LocalText


def scopes() -> dict[str, LocalText]:
    """Everything a mandate can be given for, by the key the service checks."""
    return {key: name for _service, hook in hooks("mandate_scopes") for key, name in hook()}


def scope_names(mandate: Mandate) -> list[LocalText]:
    known = scopes()
    return [known[key] for key in mandate.scope if key in known]


def mandates_of(person: Person) -> QuerySet[Mandate]:
    """Given and held, newest first."""
    return Mandate.objects.filter(Q(principal=person) | Q(agent=person)).select_related("principal", "agent")


def own_mandate(person: Person, mandate_uid: UUID) -> Mandate:
    """A mandate the person gave or holds. Raises: Http404 for anyone else's."""
    found = mandates_of(person).filter(uid=mandate_uid).first()
    if found is None:
        raise Http404
    return found


def claims() -> QuerySet[Mandate]:
    """What agents asked for with evidence, waiting first, oldest first."""
    asked = Mandate.objects.exclude(evidence=None).select_related("agent", "principal", "evidence", "decided_by")
    return asked.order_by("granted_at", "ended_at", "made_at")
