"""The saved views of this service on the staff desk."""

from datetime import date

from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.kernel.registry.public import DeskView
from madoguchi.services.surveys import queries
from madoguchi.services.surveys.models import Survey


def views(person: Person, *, today: date) -> list[DeskView]:
    """Empty for people without any permission here. One query."""
    if not any(may(person, permission) for permission in queries.PERMISSIONS):
        return []
    states = list(queries.visible_to(person).values_list("state", "closes_on"))
    ripe = sum(state == Survey.State.RUNNING and closes_on < today for state, closes_on in states)
    address = reverse("surveys:desk")
    found = [DeskView(label="調査", url=address, count=len(states))]
    if ripe:
        found.append(DeskView(label="開封を待つ調査", url=f"{address}?view=ripe", count=ripe, late=True))
    return found
