"""What people did not find, learned without learning who they are.

A word is kept in clear only once it was looked for in vain by `VISITORS` visitors, on `DAYS` days, by `TOGETHER` of
them on one day; until then there is a keyed digest. What has a name, a number or an address of mail in it is counted
and otherwise forgotten.
"""

import hmac
import re
import secrets
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.citydata.public import revise
from madoguchi.kernel.search.errors import FindsNothing
from madoguchi.kernel.search.finding import find
from madoguchi.kernel.search.lexicon import words
from madoguchi.kernel.search.models import Day, Missed, Sighting
from madoguchi.kernel.search.pack import Synonym
from madoguchi.kernel.search.tokens import joined
from madoguchi.kernel.vault.public import blind_index
from madoguchi.lib import clock

VISITORS = 5  # over all days
DAYS = 3
TOGETHER = 2  # on one of the days
KEPT = timedelta(days=90)
MOST_CHARS = 40
MOST_NEW_A_DAY = 2000  # beyond that somebody is playing
PERMISSION = "search.missed.view"
OPEN = Q(handled_on=None) | Q(last_on__gt=F("handled_on"))  # nobody saw to it, or somebody asked for it since
MAY_ADD = "search.synonym.add"
_TELLS = re.compile(r"[0-9@]|[〇一二三四五六七八九十]{3,}")


@transaction.atomic
def note(text: str, *, is_answered: bool, visitor: str, today: date) -> None:
    """Count one search of a resident; remember what was not answered. `visitor` is only used to tell visitors apart."""
    day = turn_day(today)
    Day.objects.filter(pk=day.pk).update(
        searches=F("searches") + 1, unanswered=F("unanswered") + (0 if is_answered else 1)
    )
    if not is_answered and day.secret and tells_nobody(text):  # no secret: the clock was set back
        _remember(text, visitor=_digest_of(visitor, day.secret), today=today)


def tells_nobody(text: str) -> bool:
    """Whether the words can be kept: short, no name of a person, no number, no address."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(
        joined(plain)
        and len(plain) <= MOST_CHARS
        and not _TELLS.search(plain)
        and not any(word.is_name for word in words(plain))
    )


def turn_day(today: date) -> Day:
    """The row of the day; with its first look the secrets before it go, and what is too old."""
    day, is_new = Day.objects.get_or_create(day=today, defaults={"secret": secrets.token_hex(32)})
    if is_new:
        Day.objects.filter(day__lt=today).update(secret="")
        Sighting.objects.filter(day__lt=today - KEPT).delete()
        Missed.objects.filter(text="", last_on__lt=today - KEPT).delete()
        Missed.objects.filter(last_on__lt=today - 4 * KEPT).delete()
    return day


def _digest_of(visitor: str, secret: str) -> str:
    return hmac.new(secret.encode(), visitor.encode(), "sha256").hexdigest()


def _remember(text: str, *, visitor: str, today: date) -> None:
    digest = blind_index(joined(text), context="search.missed")
    missed = Missed.objects.filter(digest=digest).first()
    if missed is None:
        if Missed.objects.filter(first_on=today).count() >= MOST_NEW_A_DAY:
            return
        missed, _ = Missed.objects.get_or_create(digest=digest, defaults={"first_on": today, "last_on": today})
    _, is_new = Sighting.objects.get_or_create(missed=missed, day=today, visitor=visitor)
    if not is_new:
        return
    Missed.objects.filter(pk=missed.pk).update(visitors=F("visitors") + 1, last_on=today)
    if not missed.text and _is_asked_by_many(missed):
        shown = " ".join(unicodedata.normalize("NFKC", text).split())
        Missed.objects.filter(pk=missed.pk, text="").update(text=shown)


def _is_asked_by_many(missed: Missed) -> bool:
    """The same visitor is another one on another day, so one day must show that they are more than one."""
    a_day = [found["visitors"] for found in missed.sightings.values("day").annotate(visitors=Count("pk"))]
    return sum(a_day) >= VISITORS and len(a_day) >= DAYS and max(a_day) >= TOGETHER


def missed_words(person: Person) -> QuerySet[Missed]:
    """Those asked for most first; those that somebody saw to, and nobody asked for since, last.

    Raises: NotAllowed.
    """
    require(person, PERMISSION)
    waits = When(OPEN, then=Value(True))
    shown = Missed.objects.exclude(text="").annotate(is_open=Case(waits, default=Value(False)))
    return shown.order_by("-is_open", "-visitors", "-last_on", "pk")


def totals(person: Person, *, since: date) -> tuple[int, int]:
    """Searches, and those that nothing answered, from that day on. Raises: NotAllowed."""
    require(person, PERMISSION)
    days = Day.objects.filter(day__gte=since).values_list("searches", "unanswered")
    return sum(searches for searches, _ in days), sum(unanswered for _, unanswered in days)


@transaction.atomic
def handle(missed_id: int, *, is_handled: bool, actor: Person, today: date) -> None:
    """Somebody saw to the word (a synonym, a page), or takes that back. Raises: NotAllowed, Missed.DoesNotExist."""
    require(actor, PERMISSION)
    missed = Missed.objects.select_for_update().exclude(text="").get(pk=missed_id)
    missed.handled_on = today if is_handled else None
    missed.save(update_fields=["handled_on"])
    record("search.word.handled" if is_handled else "search.word.reopened", actor=actor, target=missed)


def take_back(fact: dict[str, Any], *, actor: Person, now: datetime) -> None:
    """Of a word that somebody saw to by mistake."""
    handle(fact["missed"], is_handled=False, actor=actor, today=clock.day_of(now))


@transaction.atomic
def add_synonym(missed_id: int, other: str, *, actor: Person, today: date) -> None:
    """From now on the word finds what `other` finds; `madoguchi city export` writes it to the pack.

    Raises: NotAllowed, FindsNothing, Missed.DoesNotExist.
    """
    require(actor, MAY_ADD)
    missed = Missed.objects.exclude(text="").get(pk=missed_id)
    if not find(other, person=None).hits:
        raise FindsNothing(other)
    key = f"missed-{missed.pk}"
    revise("synonym", key, Synonym(key=key, source="職員", words=(missed.text, other)), actor=actor)
    handle(missed_id, is_handled=True, actor=actor, today=today)
