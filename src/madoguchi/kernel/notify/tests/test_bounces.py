"""Mail that came back: notifications as RFC 3464 has them, hostile ones, and what becomes of the address."""

import io
from mailbox import Maildir
from smtplib import SMTPRecipientsRefused
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command

from madoguchi.kernel.accounts.public import set_email
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.notify import bounces, recurring
from madoguchi.kernel.notify.actions import deliver
from madoguchi.kernel.notify.models import Notice
from madoguchi.kernel.notify.public import Way, choose, way_to
from madoguchi.kernel.notify.tests.test_notices import queue
from madoguchi.lib import clock

pytestmark = pytest.mark.django_db

# RFC 3464, Appendix E.1, word for word but for the original message, which the RFC leaves out
RFC_3464_E1 = """\
Date: Thu, 7 Jul 1994 17:16:05 -0400
From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>
Message-Id: <199407072116.RAA14128@CS.UTK.EDU>
Subject: Returned mail: Cannot send message for 5 days
To: <owner-info-mime@cs.utk.edu>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
      boundary="RAA14128.773615765/CS.UTK.EDU"

--RAA14128.773615765/CS.UTK.EDU

The original message was received at Sat, 2 Jul 1994 17:10:28 -0400
from root@localhost

   ----- The following addresses had delivery problems -----
<louisl@larry.slip.umd.edu>  (unrecoverable error)

----- Transcript of session follows -----
<louisl@larry.slip.umd.edu>... Deferred: Connection timed out
      with larry.slip.umd.edu.
Message could not be delivered for 5 days
Message will be deleted from queue

--RAA14128.773615765/CS.UTK.EDU
content-type: message/delivery-status

Reporting-MTA: dns; cs.utk.edu

Original-Recipient: rfc822;louisl@larry.slip.umd.edu
Final-Recipient: rfc822;louisl@larry.slip.umd.edu
Action: failed
Status: 4.0.0
Diagnostic-Code: smtp; 426 connection timed out
Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400

--RAA14128.773615765/CS.UTK.EDU
content-type: message/rfc822

Message-ID: <{uid}@localhost>
Subject: test

text

--RAA14128.773615765/CS.UTK.EDU--
"""
NESTED = b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n'
UID = UUID("0dd9e56d-ef42-4bf7-8254-7a1661df8627")


def notification(uid: UUID, *, status: str = "4.0.0", action: str = "failed", quotes: str = "message/rfc822") -> bytes:
    text = RFC_3464_E1.replace("{uid}", str(uid)).replace("Status: 4.0.0", f"Status: {status}")
    text = text.replace("Action: failed", f"Action: {action}").replace("message/rfc822", quotes)
    return text.replace("\n", "\r\n").encode()


def test_the_example_of_the_rfc_is_read():
    assert bounces.read(notification(UID)) == bounces.Returned(UID, (4, 0, 0))
    assert bounces.read(notification(UID, quotes="text/rfc822-headers")) == bounces.Returned(UID, (4, 0, 0))
    for action in ("delayed", "delivered", "relayed", "expanded"):
        assert bounces.read(notification(UID, action=action)) is None, action


@pytest.mark.parametrize(
    ("status", "is_bad"),  # RFC 3463: X.1 addressing, X.2.1 mailbox disabled, X.2.2 full, X.7 policy
    [("5.1.1", True), ("5.1.10 (null MX)", True), ("5.0.0 (permanent failure)", True), ("5.2.1", True),
     ("5.2.2", False), ("5.7.1", False), ("5.3.4", False), ("4.1.1", False)],
)  # fmt: skip
def test_only_what_lies_at_the_address_and_is_for_good_condemns_it(status, is_bad):
    assert bounces.read(notification(UID, status=status)).is_bad_address is is_bad


def test_the_address_it_came_back_to_says_which_mail_it_was(settings):
    """Some servers quote nothing of the mail."""
    quoted_other = notification(UUID(int=7)).replace(
        b"To: <owner-info-mime@cs.utk.edu>", f"To: <bounce+{UID.hex}@city.example.lg.jp>".encode()
    )
    assert bounces.read(quoted_other).uid == UID


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 5000,
        b"Subject: I am away until Monday\r\n\r\nSee you",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n--x--",
        b"--a\r\n".join([NESTED] * 3000),
        notification(UID, status="5.99999.1"),
        notification(UID).replace(b"<0dd9e56d", b"<' OR 1=1 --"),
        notification(UID) + b"x" * bounces.MOST_BYTES,
        b"Content-Type: text/rfc822-headers; charset=no-such\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
    ],
    ids=range(9),
)  # fmt: skip
def test_whatever_somebody_sends_there_is_no_notification_and_no_error(raw):
    assert bounces.read(raw) is None


@pytest.fixture
def sent(resident) -> Notice:
    notice = queue(resident)
    deliver.call(notice_id=notice.pk)
    notice.refresh_from_db()
    return notice


def test_a_bad_address_is_not_written_to_again_until_the_person_saves_one(sent, resident, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(notification(sent.uid, status="5.1.1"))))
    call_command("bounces")
    sent.refresh_from_db()
    assert (sent.state, way_to(resident)) == (Notice.State.RETURNED, Way.RETURNED)
    assert [line.verb for line in history(sent)] == ["notify.notice.returned"]
    assert bounces.take(notification(sent.uid, status="5.1.1"), now=clock.now())
    assert len(history(sent)) == 1, "told twice, it is noted once"
    second = queue(resident, "two")
    deliver.call(notice_id=second.pk)
    second.refresh_from_db()
    assert (second.state, len(mail.outbox)) == (Notice.State.RETURNED, 1)
    choose(resident, channel="mail", courtesy=True)
    assert way_to(resident) is Way.MAIL


def test_another_address_works_at_once(sent, resident):
    bounces.take(notification(sent.uid, status="5.1.1"), now=clock.now())
    set_email(resident, "hanako.new@example.jp")
    assert way_to(resident) is Way.MAIL


def test_mail_to_an_old_address_says_nothing_of_the_new_one(sent, resident):
    set_email(resident, "hanako.new@example.jp")
    bounces.take(notification(sent.uid, status="5.1.1"), now=clock.now())
    assert way_to(resident) is Way.MAIL


def test_a_full_mailbox_condemns_nothing_but_is_known(sent, resident):
    bounces.take(notification(sent.uid, status="5.2.2"), now=clock.now())
    sent.refresh_from_db()
    assert (sent.state, way_to(resident)) == (Notice.State.RETURNED, Way.MAIL)


def test_of_a_maildir_what_was_understood_goes_and_the_rest_is_left_for_a_person(sent, settings, tmp_path, capsys):
    box = Maildir(tmp_path / "bounces", create=True)
    for raw in (notification(sent.uid, status="5.1.1"), b"Subject: out of office\r\n\r\n"):
        box.add(raw)
    settings.BOUNCE_MAILDIR = str(tmp_path / "bounces")
    recurring.read_bounces(now=clock.now())
    assert [message["Subject"] for message in Maildir(settings.BOUNCE_MAILDIR, create=False)] == ["out of office"]
    call_command("bounces", maildir=tmp_path / "bounces")
    assert "0 noted and removed, 0 left" in capsys.readouterr().out
    with pytest.raises(CommandError, match="BOUNCE_ADDRESS"):
        call_command("bounces", maildir=tmp_path / "no-such")


class Refusing(BaseEmailBackend):
    """A mail server that knows no such person."""

    reply = (550, b"5.1.1 User unknown")

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: self.reply})


class Suspicious(Refusing):
    """It knows the person, and does not like the mail."""

    reply = (550, b"5.7.1 Message rejected by policy")


class Greylisting(Refusing):
    reply = (451, b"4.7.1 Try again later")


def test_an_address_the_server_refuses_for_good_is_known_at_once_and_not_tried_eight_times(resident, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    deliver.call(notice_id=queue(resident).pk)
    assert way_to(resident) is Way.RETURNED


def test_a_server_that_dislikes_the_mail_condemns_no_address(resident, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Suspicious"
    notice = queue(resident)
    deliver.call(notice_id=notice.pk)
    notice.refresh_from_db()
    assert (notice.state, way_to(resident)) == (Notice.State.RETURNED, Way.MAIL)


def test_an_address_the_server_refuses_for_now_is_tried_again(resident, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Greylisting"
    notice = queue(resident)
    with pytest.raises(SMTPRecipientsRefused):
        deliver.call(notice_id=notice.pk)
    notice.refresh_from_db()
    assert (notice.state, way_to(resident)) == (Notice.State.QUEUED, Way.MAIL)
