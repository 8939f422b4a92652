"""Notices: queued with the act, sent once, in the language of the recipient."""

from typing import ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from madoguchi.kernel.notify.actions import deliver, send
from madoguchi.kernel.notify.models import Notice

pytestmark = pytest.mark.django_db

CONTEXT = {
    "uid": "0dd9e56d-ef42-4bf7-8254-7a1661df8627",
    "number": "R8-000001-0",
    "procedure": "住民票の写しの交付請求",
}


def queue(person, dedup="one"):
    return send("procedures.case_submitted", to=person, context=CONTEXT, dedup=dedup)


class Watching(BaseEmailBackend):
    """A mail server that looks whether anybody holds the database while it talks."""

    held: ClassVar[list[bool]] = []

    def send_messages(self, messages):
        self.held.append(connection.in_atomic_block)
        return len(messages)


@pytest.mark.django_db(transaction=True)
def test_the_database_is_free_while_the_mail_server_talks(resident, settings):
    with transaction.atomic():
        notice = queue(resident)
    settings.EMAIL_BACKEND = f"{__name__}.Watching"
    deliver.call(notice_id=notice.pk)
    assert Watching.held == [False]
    notice.refresh_from_db()
    assert notice.state == Notice.State.SENT


def test_the_same_notice_is_queued_once(resident):
    assert queue(resident) == queue(resident)
    assert Notice.objects.count() == 1


def test_delivering_twice_sends_one_mail(resident):
    notice = queue(resident)
    deliver.call(notice_id=notice.pk)
    deliver.call(notice_id=notice.pk)
    (message,) = mail.outbox
    assert message.to == [resident.email]
    assert "R8-000001-0" in message.subject
    assert CONTEXT["uid"] in message.body
    assert "\n" not in message.subject


@pytest.mark.parametrize(
    ("language", "word"), [("ja", "受け付けました"), ("en", "Received"), ("ja-easy", "うけつけました")]
)
def test_the_words_are_in_the_language_of_the_recipient(resident, language, word):
    resident.language = language
    resident.save()
    deliver.call(notice_id=queue(resident).pk)
    assert word in mail.outbox[0].subject


def test_without_an_address_nothing_is_sent_and_it_is_known(resident):
    resident.email = ""
    resident.save()
    notice = queue(resident)
    deliver.call(notice_id=notice.pk)
    notice.refresh_from_db()
    assert (notice.state, mail.outbox) == (Notice.State.NO_ADDRESS, [])


def test_a_mail_server_that_fails_leaves_the_notice_queued(resident, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing listens on the discard port
    notice = queue(resident)
    with pytest.raises(OSError, match="refused"):
        deliver.call(notice_id=notice.pk)
    notice.refresh_from_db()
    assert notice.state == Notice.State.QUEUED
