"""Dead letters: seen, retried and discarded by those who may, with a line in the trail."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.accounts.public import NotAllowed
from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.jobs import dead_letters
from madoguchi.kernel.jobs.actions import WorkerLost
from madoguchi.kernel.jobs.models import DeadLetter
from madoguchi.kernel.jobs.testing import make_dead_letter
from madoguchi.lib import clock

pytestmark = pytest.mark.django_db
LIST = "/jobs/stopped/"


@pytest.fixture
def operator(example_city):
    return make_staff("planning", "planner")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WorkerLost, "時間内に"),
        (ObjectDoesNotExist, "もうありません"),
        (OperationalError, "データベース"),
        (ConnectionRefusedError, "相手のサーバー"),
        (SMTPServerDisconnected, "相手のサーバー"),
        (TypeError, "プログラムの誤り"),
    ],
)
def test_a_clerk_reads_why_without_the_message(operator, error, words):
    letter = make_dead_letter(error)
    for address in (LIST, f"{LIST}{letter.result_id}/"):
        page = signed_in(operator).get(address).content.decode()
        assert words in page
        assert "花子" not in page


def test_an_error_whose_class_is_gone_is_told_as_unknown():
    assert dead_letters.reason_of("madoguchi.gone.Error") == dead_letters.UNKNOWN


def test_retried_it_has_all_its_attempts_and_a_line_in_the_trail(operator):
    job = make_dead_letter().result_id
    assert signed_in(operator).post(f"{LIST}{job}/retry/").status_code == 302
    assert DBTaskResult.objects.get(pk=job).worker_ids == []
    assert not DeadLetter.objects.exists()
    (line,) = history(f"jobs.job:{job}")
    assert (line.verb, line.actor) == ("jobs.dead_letter.retried", f"accounts.person:{operator.pk}")
    assert line.detail == {"job": "madoguchi.kernel.jobs.testing.nothing", "error": "builtins.ValueError"}
    assert signed_in(operator).post(f"{LIST}{job}/retry/").status_code == 404


def test_all_at_once_after_a_night_without_mail_server(operator):
    for _ in range(3):
        make_dead_letter(ConnectionRefusedError)
    assert "3件すべて" in signed_in(operator).get(LIST).content.decode()
    signed_in(operator).post(f"{LIST}retry/")
    assert DBTaskResult.objects.filter(status="READY").count() == 3


def test_discarding_asks_first_and_is_for_good(operator):
    job = make_dead_letter().result_id
    client = signed_in(operator)
    assert "もとにもどせません" in client.get(f"{LIST}{job}/discard/").content.decode()
    assert DBTaskResult.objects.filter(pk=job).exists()
    client.post(f"{LIST}{job}/discard/")
    assert not DBTaskResult.objects.filter(pk=job).exists()
    assert [line.verb for line in history(f"jobs.job:{job}")] == ["jobs.dead_letter.discarded"]
    assert client.post(f"{LIST}{job}/discard/").status_code == 404


def test_nobody_else_may(staff_clerk):
    job = make_dead_letter().result_id
    assert signed_in(staff_clerk).get(LIST).status_code == 403
    with pytest.raises(NotAllowed):
        dead_letters.retry(job, actor=staff_clerk, now=clock.now())
    with pytest.raises(NotAllowed):
        dead_letters.discard(job, actor=staff_clerk)


def test_the_list_costs_the_same_for_one_and_for_many(operator, django_assert_max_num_queries):
    for _ in range(5):
        make_dead_letter()
    client = signed_in(operator)
    client.get(LIST)
    with django_assert_max_num_queries(30):
        client.get(LIST)
