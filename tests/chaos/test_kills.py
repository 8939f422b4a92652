"""SIGKILL of web and worker at random moments of the first procedure's journey, and the database's connections cut.

Nothing lost, nothing doubled, the chain intact, and no page that said more than was so. `KILLS=100` kills more often.
"""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, expect

from tests.chaos.victims import Victims
from tests.conftest import free_port, own_database
from tests.steps import RECEIPT, next_page

pytestmark = pytest.mark.browser
KILLS = int(os.environ.get("KILLS", "25"))
SEED = int(os.environ.get("SEED", "20261125"))
PREPARE = "import django; django.setup(); from madoguchi.project.preparation import prepare; prepare(print)"
SIGN_IN = """
import json
from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.accounts.testing import make_resident, signed_in
people = {"resident": make_resident(), "staff": Person.objects.get(username="demo-shimin")}
print(json.dumps({who: signed_in(person).cookies["sessionid"].value for who, person in people.items()}))
"""
DRAIN = """
from datetime import timedelta
from django_tasks_db.models import DBTaskResult
from madoguchi.kernel.jobs.actions import recover
from madoguchi.lib import clock
recover(clock.now() + timedelta(minutes=11))  # what the next look after ten minutes does
DBTaskResult.objects.filter(status="READY").update(run_after=clock.now())
print(DBTaskResult.objects.exclude(status="SUCCESSFUL").count())
"""
LOOK = """
import json
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.notify.models import Notice
from madoguchi.services.procedures.models import Case
print(json.dumps([
    {
        "uid": str(case.uid), "state": case.state, "number": case.receipt_number, "copies": case.answers.get("copies"),
        "verbs": [line.verb for line in history(case).order_by("number")],
        "notices": [[notice.key, notice.state] for notice in Notice.objects.filter(dedup__contains=str(case.uid))],
    }
    for case in Case.objects.order_by("id")
]))
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """An installed city whose servers are about to have a bad day, and the cookies of two people."""
    var, port = tmp_path_factory.mktemp("chaos"), free_port()
    with own_database(f"madoguchi_chaos_{os.getpid()}") as database_url:
        environment = {
            **os.environ, "PORT": str(port), "IDENTITY_PORT": str(free_port()), "VAR": str(var), "CITY": "example",
            "DATABASE_URL": database_url, "DEMONSTRATION": "1",
        }  # fmt: skip
        python(environment, "-c", PREPARE)
        cookies = json.loads(shell(environment, SIGN_IN))
        victims = Victims(f"http://localhost:{port}", environment, KILLS, random.Random(SEED))
        victims.start()
        yield victims, cookies
        victims.stop()


def python(environment: dict[str, str], *words: str) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "madoguchi.project.settings"}
    command = [sys.executable, *words]
    done = subprocess.run(command, env={**environment, **settings}, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    return done.stdout


def shell(environment: dict[str, str], code: str) -> str:
    return python(environment, "-m", "madoguchi.project", "shell", "--no-imports", "-c", code).strip()


class Insistent:
    """Somebody who reloads until it works, as people do, and believes what the page said."""

    def __init__(self, page: Page, victims: Victims) -> None:
        self.page, self.victims, self.failures = page, victims, 0

    def does(self, step: Callable[[Page], None]) -> None:
        for _attempt in range(40):
            try:
                step(self.page)
            except (Error, AssertionError):
                self.failures += 1
                self.victims.wait_until_up()
            else:
                return
        raise AssertionError(f"{step.__name__} never worked: {self.page.inner_text('body')[:500]}")


def hand_in(someone: Insistent, url: str, copies: int) -> tuple[str, str]:
    """One case from the start to the receipt: its address and the number the page showed."""
    found = {}

    def begin(page):
        page.goto(f"{url}/procedures/resident-record-copy/start/")
        begun = re.match(r".*/procedures/cases/[0-9a-f-]{36}/", page.url)
        assert begun, page.inner_text("h1")
        found["case"] = begun[0]

    def answer_whose(page):
        page.goto(f"{found['case']}pages/whose/")
        page.get_by_role("radio", name="世帯全員").check()
        next_page(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("載せる項目と使いみち")

    def answer_contents(page):
        page.goto(f"{found['case']}pages/contents/")
        page.get_by_label("通数").fill(str(copies))
        page.get_by_role("radio", name=re.compile("勤め先や学校")).check()
        next_page(page)
        expect(page.get_by_role("radio", name=re.compile("住民登録の住所"))).to_be_visible()

    def answer_delivery(page):
        page.goto(f"{found['case']}pages/delivery/")
        page.get_by_role("radio", name=re.compile("住民登録の住所")).check()
        page.get_by_label("電話番号").fill("03-0000-0000")
        page.get_by_label("メールアドレス").fill("hanako@example.jp")
        next_page(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("この内容で手続します")

    def send(page):
        page.goto(f"{found['case']}check/")
        if page.url.endswith("/check/"):
            page.get_by_role("checkbox").check()
            page.get_by_role("button", name=re.compile("この内容で送る")).click()
        expect(page.get_by_text("受け付けました", exact=True)).to_be_visible()
        found["number"] = RECEIPT.search(page.inner_text("main"))[0]

    for step in (begin, answer_whose, answer_contents, answer_delivery, send):
        someone.does(step)
    return found["case"], found["number"]


def approve(someone: Insistent, url: str, case: str) -> None:
    desk = f"{url}/procedures/desk/{case.rstrip('/').rsplit('/', 1)[1]}/"

    def decide(page):
        page.goto(desk)
        if page.get_by_role("link", name="承認へ進む", exact=True).count():
            page.get_by_role("link", name="承認へ進む", exact=True).click()
            page.get_by_role("button", name="承認して通知を送る", exact=True).click()
        expect(page.get_by_role("link", name="承認へ進む", exact=True)).to_have_count(0)
        expect(page.locator("main")).to_contain_text("承認")

    someone.does(decide)


def test_kills_lose_nothing_and_double_nothing(city, person_page, record_property):
    victims, cookies = city
    people = {}
    for who, cookie in cookies.items():
        page = person_page(javascript=False)
        page.set_default_timeout(4_000)
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": victims.url}])
        people[who] = Insistent(page, victims)
    told = {}
    killing = victims.begin_killing()
    while killing.is_alive():
        copies = len(told) % 9 + 1
        case, number = hand_in(people["resident"], victims.url, copies)
        told[case.rstrip("/").rsplit("/", 1)[1]] = (number, copies)
        approve(people["staff"], victims.url, case)
    assert victims.killed.total() == KILLS

    assert drained(victims.environment)
    cases = json.loads(shell(victims.environment, LOOK))
    assert {case["uid"]: (case["number"], case["copies"]) for case in cases} == told
    for case in cases:
        assert case["state"] == "approved", case
        for verb in ("submitted", "approved"):
            assert len([said for said in case["verbs"] if said.endswith(verb)]) == 1, case
        keys = [key for key, _state in case["notices"]]
        assert len(keys) == len(set(keys)) == 2, case
        assert {state for _key, state in case["notices"]} == {"sent"}, case
    assert "the chain holds" in python(victims.environment, "-m", "madoguchi.project", "audit", "verify")
    for name, value in {
        **victims.killed,
        "cases": len(told),
        "repeated": sum(p.failures for p in people.values()),
    }.items():
        record_property(name, value)


def drained(environment: dict[str, str]) -> bool:
    """Whether all jobs end well; a killed worker's job comes back after ten minutes, here at once."""
    return any(shell(environment, DRAIN) == "0" for _look in range(30))
