"""What may happen at the worst moment: the disk is full, the mail server hangs, the clock is set back."""

import socket
import threading
from datetime import timedelta
from itertools import count
from smtplib import SMTPServerDisconnected

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.kernel.audit.models import Line
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.notify.actions import deliver
from madoguchi.kernel.notify.models import Notice
from madoguchi.lib import clock
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.testing import make_draft, make_submitted

pytestmark = pytest.mark.django_db(transaction=True)
FULL = """
CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER disk_is_full BEFORE INSERT ON audit_line EXECUTE FUNCTION disk_is_full();
"""
FREE = "DROP FUNCTION disk_is_full CASCADE"
MOST_PAGES = 1073741823  # SQLite's own default


@pytest.fixture
def full_disk(resident):
    """Nothing fits any more until the fixture's value is called: SQLite's page limit, PostgreSQL's error of its own."""
    draft, person = make_draft(resident), signed_in(resident)
    if connection.vendor == "postgresql":
        run(FULL)
        yield draft, person, lambda: run(FREE)
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    for size in (500, 1):  # large lines, then small ones, until neither fits
        with pytest.raises(OperationalError, match="full"):
            fill(size)
    yield draft, person, lambda: run(f"PRAGMA max_page_count = {MOST_PAGES}")
    run(f"PRAGMA max_page_count = {MOST_PAGES}")


def fill(size: int) -> None:
    for number in count():
        with transaction.atomic():
            record("citydata.pack.applied", actor=None, target=f"filler:{number}", detail={"x": "x" * size})


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_full_disk_takes_nothing_in_says_so_and_loses_nothing(full_disk):
    draft, person, make_room = full_disk
    address = reverse("procedures:check", args=[draft.uid])
    person.raise_request_exception = False
    answer = person.post(address, {"confirmed": "on"})
    assert answer.status_code == 500
    assert "保存した内容は残っています" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == Case.State.DRAFT
    assert draft.receipt_number is None
    assert not Notice.objects.exists()

    make_room()
    assert person.post(address, {"confirmed": "on"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == Case.State.SUBMITTED
    assert draft.answers["copies"] == 2
    call_command("audit", "verify")


@pytest.fixture
def silent_mail_server(settings):
    """A mail server that takes the call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_TIMEOUT = 1
        yield server


def test_a_mail_server_that_hangs_holds_nobody_up_and_the_notice_stays(silent_mail_server, resident):
    case = make_submitted(resident)
    notice = Notice.objects.get()
    ended = []

    def deliver_until_it_gives_up():
        with pytest.raises(SMTPServerDisconnected, match="timed out"):
            deliver.call(notice_id=notice.pk)
        ended.append(clock.now())
        connection.close()

    work = threading.Thread(target=deliver_until_it_gives_up)
    work.start()
    call, _caller = silent_mail_server.accept()  # it is silent from here on; meanwhile the counter works
    actions.withdraw(case.uid, by=Acting(resident), now=clock.now())
    worked_on = clock.now()
    work.join()
    call.close()
    assert worked_on < ended[0]
    notice.refresh_from_db()
    assert notice.state == Notice.State.QUEUED


def test_a_clock_set_back_between_the_acts_leaves_the_chain_whole(resident, monkeypatch):
    case = make_submitted(resident)
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() - timedelta(days=2))
    actions.withdraw(case.uid, by=Acting(resident), now=clock.now())
    moments = list(Line.objects.order_by("number").values_list("at", flat=True))
    assert moments[-1] < moments[-2]
    call_command("audit", "verify")
    case.refresh_from_db()
    assert case.state == Case.State.WITHDRAWN
    assert case.receipt_number
