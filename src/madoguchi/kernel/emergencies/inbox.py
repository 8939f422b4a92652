"""Emergencies that nobody has reviewed yet, in the inbox of the desk."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.desk.public import Matter, Rows
from madoguchi.kernel.emergencies import queries
from madoguchi.kernel.emergencies.models import EmergencyAccess


def queues(person: Person, *, today: date) -> list[Rows]:  # noqa: ARG001 - the same shape for every app
    """Those of others: nobody reviews their own."""
    if not may(person, queries.REVIEW):
        return []
    waiting = queries.reviewable(person).filter(reviewed_at=None).exclude(person=person)
    return [
        Rows(
            key="emergencies.access",
            kind="緊急閲覧",
            rows=waiting,
            load=_matters,
            find=_find,
            since="opened_at",
            section="section_key",
        )
    ]


def _find(text: str) -> Q:
    return Q(section_key__in=[key for key, name in _sections().items() if text in name])


def _sections() -> dict[str, str]:
    return {section.key: section.name_ja for section in records("section")}


def _matters(keys: Sequence[int]) -> Iterable[Matter]:
    names = _sections()
    for access in EmergencyAccess.objects.filter(pk__in=keys).select_related("person"):
        yield Matter(
            key=access.pk,
            title=f"{names.get(access.section_key, access.section_key)}の記録　{access.person.name}",
            state="確認待ち",
            url=reverse("emergencies:access", args=[access.uid]),
            section_key=access.section_key,
            since=access.opened_at,
        )
