"""取り消す: an act that can be taken back says how, and whoever did it may press once, for some minutes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404
from django.utils.module_loading import import_string

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.desk.errors import TooLateToUndo
from madoguchi.kernel.desk.models import Undo
from madoguchi.kernel.registry.public import services
from madoguchi.lib.errors import CitizenError

MINUTES = 10
Fact = dict[str, Any]
TakeBack = Callable[..., None]


@dataclass
class Outcome:
    """How it went with each of several things."""

    done: list[Fact] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # which, and why

    def add(self, name: str, act: Callable[[], Fact | None]) -> None:
        """Do the act with one thing, in a transaction of its own: one that is refused keeps none from being done."""
        try:
            fact = act()
        except CitizenError as error:
            self.refused.append(f"{name}：{error}")
        except (ObjectDoesNotExist, Http404):
            self.refused.append(f"{name}：もうありません。")
        else:
            self.done.append(fact or {})


@cache
def _ways_back() -> dict[str, TakeBack]:
    """By act: `f(fact, *, actor, now)`, which permits, checks that nothing came after, and records."""
    named = {act: path for service in services() for act, path in service.undo.items()} | settings.UNDO
    return {act: import_string(path) for act, path in named.items()}


def offer_undo(person: Person, act: str, facts: Iterable[Fact], *, now: datetime) -> str:
    """What a message carries as its `extra_tags`, so that the way back stands beside it; empty without facts."""
    facts = list(facts)
    return str(Undo.objects.create(person=person, act=act, facts=facts, done_at=now).uid) if facts else ""


def take_back(undo_uid: UUID, *, actor: Person, now: datetime) -> Outcome:
    """Everything the act did, one by one. Raises: TooLateToUndo, also when it was taken back; DoesNotExist."""
    with transaction.atomic():
        undo = Undo.objects.select_for_update().get(uid=undo_uid, person=actor)
        if undo.undone_at or now > undo.done_at + timedelta(minutes=MINUTES):
            raise TooLateToUndo(MINUTES)
        undo.undone_at = now
        undo.save(update_fields=["undone_at"])
    back, outcome = _ways_back()[undo.act], Outcome()
    for fact in undo.facts:
        outcome.add(fact["name"], partial(back, fact, actor=actor, now=now))
    return outcome
