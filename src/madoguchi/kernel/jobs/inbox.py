"""Jobs that stopped, in the inbox of the desk."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.kernel.desk.public import Matter, Rows
from madoguchi.kernel.jobs.dead_letters import PERMISSION
from madoguchi.kernel.jobs.models import DeadLetter
from madoguchi.kernel.jobs.naming import NAMES


def queues(person: Person, *, today: date) -> list[Rows]:  # noqa: ARG001 - the same shape for every app
    """None for people without the permission."""
    if not may(person, PERMISSION):
        return []
    return [
        Rows(
            key="jobs.dead_letter",
            kind="止まった処理",
            rows=DeadLetter.objects.all(),
            load=_matters,
            find=_find,
            since="given_up_at",
        )
    ]


def _find(text: str) -> Q:
    return Q(result__task_path__in=[path for path, name in NAMES.items() if text in name])


def _matters(keys: Sequence[int]) -> Iterable[Matter]:
    for letter in DeadLetter.objects.filter(pk__in=keys).select_related("result"):
        yield Matter(
            key=letter.pk,
            title=NAMES.get(letter.result.task_path) or letter.result.task_path,
            state="止まっています",
            url=reverse("jobs:dead_letter", args=[letter.result_id]),
            since=letter.given_up_at,
        )
