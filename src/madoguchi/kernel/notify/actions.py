"""Queueing a notice with its act, and delivering it afterwards, once."""

from datetime import datetime
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.jobs.public import enqueue, job
from madoguchi.kernel.notify import bounces
from madoguchi.kernel.notify.mailing import message_of
from madoguchi.kernel.notify.models import Notice
from madoguchi.kernel.notify.quiet import quiet_until
from madoguchi.kernel.notify.reaching import Way, index_of, note_returned, wants_mail, way_to
from madoguchi.lib import clock

State = Notice.State
PERMANENT = 500  # SMTP replies from here on say: do not try again


def send(
    key: str, *, to: Person, context: dict[str, Any], dedup: str, is_due: bool = True, is_urgent: bool = False
) -> Notice:
    """Queue a notice in the transaction of the act. The same `dedup` is sent once.

    `context` holds ids, dates and names of things, never personal data: it is stored in plain. What is not owed by law
    or by work says `is_due=False`, so that people can unsubscribe; what cannot wait for the morning, `is_urgent=True`.
    """
    notice, created = Notice.objects.get_or_create(
        dedup=dedup,
        defaults={
            "key": key,
            "recipient": to,
            "context": context,
            "is_due": is_due,
            "is_urgent": is_urgent,
            "queued_at": clock.now(),
        },
    )
    if created:
        enqueue(deliver, notice_id=notice.pk)
    return notice


@job("お知らせを送る")
def deliver(notice_id: int) -> None:
    """Send one queued notice by e-mail. Idempotent: a notice that was sent is left alone.

    No transaction is open while the mail server talks: a hanging server must not hold the database. Killed between
    hand-over and mark, the mail goes out a second time with the same Message-ID, which mail programs show once.
    """
    notice = Notice.objects.select_related("recipient").get(pk=notice_id)
    now = clock.now()
    if notice.state != State.QUEUED or _waits_for_the_morning(notice, now):
        return
    way = way_to(notice.recipient)
    if not wants_mail(notice):
        _mark(notice, State.PAGE_ONLY)
    elif way is Way.MAIL:
        _mail(notice)
    else:
        _mark(notice, State.RETURNED if way is Way.RETURNED else State.NO_ADDRESS)


def _waits_for_the_morning(notice: Notice, now: datetime) -> bool:
    until = None if notice.is_urgent else quiet_until(now)
    if until is None:
        return False
    with transaction.atomic():
        enqueue(deliver.using(run_after=until), notice_id=notice.pk)
    return True


def _mail(notice: Notice) -> None:
    to = index_of(notice.recipient.email)
    try:
        message_of(notice).send()
    except SMTPRecipientsRefused as refused:
        code, words = refused.recipients[notice.recipient.email]
        if code < PERMANENT:
            raise
        status = bounces.status_in(words.decode("ascii", "replace")) or (5, 0, 0)
        is_bad = bounces.Returned(notice.uid, status).is_bad_address
        Notice.objects.filter(pk=notice.pk).update(sent_to=to)
        note_returned(notice, is_bad_address=is_bad, now=clock.now())
        return
    _mark(notice, State.SENT, sent_at=clock.now(), sent_to=to)


def _mark(notice: Notice, state: State, **more: Any) -> None:
    Notice.objects.filter(pk=notice.pk, state=State.QUEUED).update(state=state, **more)


def notices_of(person: Person) -> QuerySet[Notice]:
    """All of a person, the newest first."""
    return Notice.objects.filter(recipient=person).select_related("recipient").order_by("-queued_at", "-pk")


def unread_count(person: Person) -> int:
    return Notice.objects.filter(recipient=person, read_at=None).count()


def mark_read(person: Person, *, now: datetime, notice: Notice | None = None) -> None:
    """This one, or all."""
    unread = Notice.objects.filter(recipient=person, read_at=None)
    (unread.filter(pk=notice.pk) if notice else unread).update(read_at=now)
