"""Reads that are worth a name."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.citydata.public import parameter
from madoguchi.kernel.mandates import rules
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.kernel.registry.public import hooks
from madoguchi.ui.words import LocalText

BOUNDS = ("age_of_majority_years", "mandate_longest_years")


def scopes() -> dict[str, LocalText]:
    """Everything a mandate can be given for, by the key the service checks."""
    return {key: name for _service, hook in hooks("mandate_scopes") for key, name in hook()}


def scope_names(mandate: Mandate, known: Mapping[str, LocalText]) -> list[LocalText]:
    """What it covers, in words; `known` are all scopes, read once a page."""
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


def bounds(on: date) -> rules.Bounds | None:
    """The values in force that day; None in a city that has not set them yet: then no claim can be granted."""
    try:
        majority, longest = (int(parameter(key, on=on).value) for key in BOUNDS)
    except LookupError:
        return None
    return rules.Bounds(majority, longest)


def claims() -> QuerySet[Mandate]:
    """What agents asked for with evidence, waiting first, oldest first."""
    asked = Mandate.objects.exclude(evidence=None).select_related("agent", "principal", "evidence", "decided_by")
    return asked.order_by("granted_at", "ended_at", "made_at")
