"""How a person can be reached: what they chose, and whether mail to their address comes back."""

from datetime import datetime
from enum import Enum

from django.db import transaction

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.notify.models import Notice, Reach
from madoguchi.kernel.vault.public import blind_index


class Way(Enum):
    """What works for a person."""

    MAIL = "mail"
    PAGE = "page"  # they chose so
    NO_ADDRESS = "no_address"  # paper, unless they look at their page
    RETURNED = "returned"  # paper, until they correct the address


def way_to(person: Person) -> Way:
    reach = _reach(person)
    if reach.channel == Reach.Channel.PAGE:
        return Way.PAGE
    if not person.email:
        return Way.NO_ADDRESS
    return Way.RETURNED if reach.returned_from == index_of(person.email) else Way.MAIL


def wants_mail(notice: Notice) -> bool:
    """Whether the person wants this one by mail."""
    reach = _reach(notice.recipient)
    return reach.channel == Reach.Channel.MAIL and (notice.is_due or not reach.only_due)


def choices_of(person: Person) -> dict[str, str | bool]:
    reach = _reach(person)
    return {"channel": reach.channel, "courtesy": not reach.only_due}


@transaction.atomic
def choose(person: Person, *, channel: str, courtesy: bool) -> None:
    """Keep what the person chose. Saving the address they have is a word that it works: mail goes there again."""
    Reach.objects.update_or_create(
        person=person,
        defaults={"channel": channel, "only_due": not courtesy, "returned_from": "", "returned_at": None},
    )
    record("notify.reach.chosen", actor=person, target=person, detail={"channel": channel, "courtesy": courtesy})


@transaction.atomic
def unsubscribe(person: Person) -> None:
    """No more mail that is not owed; once more changes nothing."""
    reach, _ = Reach.objects.get_or_create(person=person)
    if not reach.only_due:
        reach.only_due = True
        reach.save(update_fields=["only_due"])
        record("notify.reach.unsubscribed", actor=person, target=person)


@transaction.atomic
def note_returned(notice: Notice, *, is_bad_address: bool, now: datetime) -> None:
    """Mail came back. A bad address is not written to again until the person saves one. Idempotent."""
    mine = Notice.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=notice.pk)
    if mine.state != Notice.State.RETURNED:
        mine.state = Notice.State.RETURNED
        mine.save(update_fields=["state"])
        record("notify.notice.returned", actor=None, target=mine, detail={"bad_address": is_bad_address})
    if is_bad_address and mine.recipient.email and mine.sent_to == index_of(mine.recipient.email):
        Reach.objects.update_or_create(
            person=mine.recipient, defaults={"returned_from": mine.sent_to, "returned_at": now}
        )


def index_of(address: str) -> str:
    return blind_index(address.strip().lower(), context="notify.address")


def _reach(person: Person) -> Reach:
    return Reach.objects.filter(person=person).first() or Reach(person=person)
