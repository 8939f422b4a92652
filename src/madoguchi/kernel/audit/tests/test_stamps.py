"""Time-stamps on heads, against an authority that really speaks RFC 3161."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from madoguchi.kernel.audit import heads, stamps
from madoguchi.kernel.audit.models import Head, Stamp
from madoguchi.kernel.audit.testing import emptied_for_a_test
from madoguchi.lib import clock
from madoguchi.standins.serving import served
from madoguchi.standins.timestamp.authority import Authority, Fault
from madoguchi.standins.timestamp.server import Server

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority(tmp_path, settings, monkeypatch):
    found = Authority()
    settings.TSA_ROOTS = tmp_path / "roots.pem"
    settings.TSA_ROOTS.write_bytes(found.roots_pem())
    monkeypatch.setattr(stamps, "TIMEOUT_S", (1, 0.3))
    with served(Server(found, slow_s=0.6)) as settings.TSA_URL:
        yield found


@pytest.fixture
def head():
    return heads.take_head(now=clock.now())


def test_a_time_stamp_is_kept_with_its_head_and_holds(authority, head):
    stamped = stamps.stamp(head)
    assert abs(stamped.stamped_at - clock.now()) < timedelta(minutes=1)
    assert stamps.broken_stamps() == []


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.value)
def test_an_answer_that_is_not_what_was_asked_for_is_not_kept(authority, head, fault):
    authority.fault = fault
    with pytest.raises(stamps.NotStamped):
        stamps.stamp(head)
    assert authority.fault is None, "the fault did not happen"
    assert not Stamp.objects.exists()


def test_what_failed_is_asked_for_again_the_next_time(authority, head, capsys):
    authority.fault = Fault.REFUSE
    call_command("audit", "head")
    assert "0 head(s) time-stamped" in capsys.readouterr().out
    call_command("audit", "head")
    assert "1 head(s) time-stamped" in capsys.readouterr().out
    call_command("audit", "head")
    assert "0 head(s) time-stamped" in capsys.readouterr().out


def test_nobody_answers(authority, head, settings):
    settings.TSA_URL = "http://127.0.0.1:9/"
    with pytest.raises(stamps.NotStamped, match="did not answer"):
        stamps.stamp(head)


def test_roots_that_are_missing_are_named(authority, head, settings, tmp_path):
    settings.TSA_ROOTS = tmp_path / "none.pem"
    with pytest.raises(stamps.NotStamped, match="TSA_ROOTS"):
        stamps.stamp(head)


def test_a_head_written_anew_shows_against_its_time_stamp(authority, head):
    stamps.stamp(head)
    with emptied_for_a_test():
        Head.objects.update(root="f" * 64)
    ((broken),) = stamps.broken_stamps()
    assert f"head of {head.day}" in broken.reason


def test_without_an_authority_heads_are_taken_all_the_same(settings, capsys):
    settings.TSA_URL = ""
    call_command("audit", "head")
    assert Head.objects.count() == 1
    assert "time-stamped" not in capsys.readouterr().out
