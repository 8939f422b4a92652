"""How people are reached: channel, quiet hours, one press to unsubscribe; and nothing is smuggled into a header."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata.testing import give_parameter
from madoguchi.kernel.notify.actions import deliver, send
from madoguchi.kernel.notify.models import Notice
from madoguchi.kernel.notify.public import Way, choices_of, choose, way_to
from madoguchi.kernel.notify.quiet import quiet_until
from madoguchi.kernel.notify.tests.test_notices import CONTEXT, queue
from madoguchi.lib import clock

pytestmark = pytest.mark.django_db


def courtesy(person, dedup="courtesy", **context):
    return send("procedures.case_submitted", to=person, context={**CONTEXT, **context}, dedup=dedup, is_due=False)


def delivered(notice: Notice) -> Notice:
    deliver.call(notice_id=notice.pk)
    notice.refresh_from_db()
    return notice


def test_text_comes_first_and_html_says_the_same(resident):
    delivered(queue(resident))
    parts = [part.get_content_type() for part in mail.outbox[0].message().walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]


def test_who_chose_the_page_gets_no_mail(resident):
    choose(resident, channel="page", courtesy=True)
    assert delivered(queue(resident)).state == Notice.State.PAGE_ONLY
    assert (mail.outbox, way_to(resident)) == ([], Way.PAGE)


# RFC 8058 section 3.1: an HTTPS address in List-Unsubscribe, and exactly this value of List-Unsubscribe-Post


def test_what_is_not_owed_can_be_stopped_by_one_press_in_the_mail_program(resident):
    delivered(courtesy(resident))
    message = mail.outbox[0].message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(message["List-Unsubscribe"]).replace("\n", "").strip("<> ")
    path = "/notices/" + address.partition("/notices/")[2]
    assert str(resident.pk) not in path.split("/")
    program = Client(enforce_csrf_checks=True)  # no cookie, no token
    assert program.get(path).status_code == 200, "looking presses nothing"
    assert choices_of(resident)["courtesy"] is True
    for _ in range(2):
        assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert choices_of(resident)["courtesy"] is False
    assert [line.verb for line in history(resident)].count("notify.reach.unsubscribed") == 1
    assert delivered(courtesy(resident, "later")).state == Notice.State.PAGE_ONLY
    assert delivered(queue(resident, "owed")).state == Notice.State.SENT


def test_what_is_owed_offers_no_way_out(resident):
    delivered(queue(resident))
    assert "List-Unsubscribe" not in mail.outbox[0].message()


def test_nobody_unsubscribes_another(resident, other_resident):
    delivered(courtesy(resident))
    token = str(mail.outbox[0].message()["List-Unsubscribe"]).replace("\n", "").rsplit("/", 2)[1]
    forged = token.replace(resident.uid.hex, other_resident.uid.hex)
    assert forged != token
    assert Client().post(f"/notices/stop/{forged}/").status_code == 404


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_a_line_end_in_what_a_subject_quotes_makes_no_header(resident, end):
    delivered(courtesy(resident, number=f"R8{end}Bcc: everybody@example.jp{end}X-Evil: 1"))
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert mail.outbox[0].recipients() == [resident.email]
    assert "\n" not in mail.outbox[0].subject


def test_an_address_with_a_line_end_is_not_written_to(resident):
    resident.email = "hanako@example.jp\r\nBcc: everybody@example.jp"
    resident.save()
    with pytest.raises(ValueError, match="newline"):
        deliver.call(notice_id=queue(resident).pk)
    assert mail.outbox == []


def test_the_envelope_says_which_notice_comes_back_and_the_reader_sees_the_city(resident, settings):
    settings.BOUNCE_ADDRESS = "bounce@city.example.lg.jp"
    settings.DEFAULT_FROM_EMAIL = "madoguchi@city.example.lg.jp"
    notice = delivered(queue(resident))
    assert mail.outbox[0].from_email == f"bounce+{notice.uid.hex}@city.example.lg.jp"
    assert mail.outbox[0].message()["From"] == "madoguchi@city.example.lg.jp"


def quiet_city(begin: str, end: str) -> None:
    give_parameter("notify_quiet_from", begin)
    give_parameter("notify_quiet_until", end)


def tokyo(*when: int) -> datetime:
    return datetime(*when, tzinfo=clock.TOKYO)


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        (("21:00", "07:00"), (2026, 11, 4, 20, 59), None),
        (("21:00", "07:00"), (2026, 11, 4, 21, 0), (2026, 11, 5, 7, 0)),
        (("21:00", "07:00"), (2026, 12, 31, 23, 30), (2027, 1, 1, 7, 0)),
        (("21:00", "07:00"), (2026, 11, 5, 6, 59), (2026, 11, 5, 7, 0)),
        (("21:00", "07:00"), (2026, 11, 5, 7, 0), None),
        (("12:00", "13:00"), (2026, 11, 5, 12, 30), (2026, 11, 5, 13, 0)),
        (("12:00", "13:00"), (2026, 11, 5, 13, 0), None),
        (("21:00", "07:00"), (2019, 3, 31, 23, 0), None),  # before the first value
    ],
)
def test_quiet_hours_by_the_values_of_the_city(example_city, hours, now, until):
    quiet_city(*hours)
    assert quiet_until(tokyo(*now)) == (tokyo(*until) if until else None)


def test_a_city_without_quiet_hours_has_none(example_city):
    assert quiet_until(tokyo(2026, 11, 4, 23, 0)) is None


def test_at_night_a_notice_waits_for_the_morning_and_an_urgent_one_does_not(resident, monkeypatch):
    quiet_city("21:00", "07:00")
    night = tokyo(2026, 11, 4, 23, 0)
    monkeypatch.setattr(clock, "now", lambda: night)
    ordinary = delivered(queue(resident))
    urgent = send("procedures.case_decided", to=resident, context=CONTEXT, dedup="urgent", is_urgent=True)
    assert delivered(urgent).state == Notice.State.SENT
    assert (ordinary.state, len(mail.outbox)) == (Notice.State.QUEUED, 1)
    waiting = DBTaskResult.objects.filter(run_after=tokyo(2026, 11, 5, 7, 0)).get()
    assert waiting.args_kwargs["kwargs"] == {"notice_id": ordinary.pk}
    monkeypatch.setattr(clock, "now", lambda: night + timedelta(hours=8))
    assert delivered(ordinary).state == Notice.State.SENT


def test_the_timetable_says_what_is_missing_to_read_bounces(example_city, capsys):
    call_command("timetable")
    assert "off: 設定 BOUNCE_MAILDIR" in capsys.readouterr().out
