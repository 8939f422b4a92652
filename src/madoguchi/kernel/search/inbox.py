"""Words that people looked for in vain, in the inbox of the desk."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.kernel.desk.public import Matter, Rows
from madoguchi.kernel.search.missed import OPEN, PERMISSION, missed_words
from madoguchi.kernel.search.models import Missed


def queues(person: Person, *, today: date) -> list[Rows]:  # noqa: ARG001 - the same shape for every app
    """None for people without the permission."""
    if not may(person, PERMISSION):
        return []
    return [
        Rows(
            key="search.missed",
            kind="さがせなかったことば",
            rows=missed_words(person).filter(OPEN),
            load=_matters,
            find=lambda text: Q(text__icontains=text),
            since="first_on",
        )
    ]


def _matters(keys: Sequence[int]) -> Iterable[Matter]:
    for word in Missed.objects.filter(pk__in=keys):
        yield Matter(
            key=word.pk,
            title=f"「{word.text}」",
            state=f"{word.visitors}人がさがしました",
            url=reverse("portal:synonym", args=[word.pk]),
            since=word.first_on,
        )
