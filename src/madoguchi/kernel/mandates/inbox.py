"""Claims that wait for a decision, in the inbox of the desk."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.kernel.desk.public import Matter, Rows
from madoguchi.kernel.mandates import actions, queries
from madoguchi.kernel.mandates.models import Mandate


def queues(person: Person, *, today: date) -> list[Rows]:  # noqa: ARG001 - the same shape for every app
    """None for people without the permission."""
    if not may(person, actions.DECIDE):
        return []
    waiting = queries.claims().filter(state=Mandate.State.ASKED)
    return [Rows(key="mandates.claim", kind="代理の届出", rows=waiting, load=_matters, find=_find, since="made_at")]


def _find(text: str) -> Q:
    """Names are sealed: only the basis can be looked for."""
    return Q(basis__in=[value for value, label in Mandate.Basis.choices if text in str(label)])


def _matters(keys: Sequence[int]) -> Iterable[Matter]:
    for claim in Mandate.objects.filter(pk__in=keys):
        yield Matter(
            key=claim.pk,
            title=str(claim.get_basis_display()),
            state="確認待ち",
            url=reverse("mandates:claim", args=[claim.uid]),
            since=claim.made_at,
        )
