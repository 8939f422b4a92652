"""Queueing a notice with its act, and delivering it afterwards, once."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.jobs.public import enqueue, job
from madoguchi.kernel.notify.models import Notice
from madoguchi.lib import clock
from madoguchi.ui.mail import as_html


def send(key: str, *, to: Person, context: dict[str, Any], dedup: str) -> Notice:
    """Queue a notice in the transaction of the act. The same `dedup` is sent once.

    `context` holds ids, dates and names of things, never personal data: it is stored in plain.
    """
    notice, created = Notice.objects.get_or_create(
        dedup=dedup, defaults={"key": key, "recipient": to, "context": context, "queued_at": clock.now()}
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
    if notice.state != Notice.State.QUEUED:
        return
    if notice.recipient.email:
        _message(notice).send()
        outcome = {"state": Notice.State.SENT, "sent_at": clock.now()}
    else:
        outcome = {"state": Notice.State.NO_ADDRESS}
    Notice.objects.filter(pk=notice_id, state=Notice.State.QUEUED).update(**outcome)


def _message(notice: Notice) -> EmailMultiAlternatives:
    """First line of the template is the subject, the rest the text; the HTML part is made from it."""
    slug, name = notice.key.split(".", 1)
    with translation.override(notice.recipient.language):
        text = render_to_string(
            f"{slug}/mail/{name}.txt",
            {**notice.context, "site_url": settings.SITE_URL, "to": notice.recipient},
        )
        first, _, rest = text.strip().partition("\n")
        subject, body = first.strip(), rest.strip() + "\n"
        message = EmailMultiAlternatives(
            subject=subject,
            body=body,
            to=[notice.recipient.email],
            headers={"Message-ID": f"<{notice.uid}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"},
        )
        message.attach_alternative(as_html(subject, body), "text/html")
    return message
