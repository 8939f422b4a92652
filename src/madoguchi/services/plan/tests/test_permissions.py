"""Who sees and does what in the half-year: a table of people and acts, as the issue and house rules name them.

The measure is 03: led by welfare; the citizens' section is related to it, the library is not.
"""

from datetime import UTC, datetime

import pytest
from django.test import Client

from madoguchi.kernel.accounts.testing import make_resident, make_staff, signed_in
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.actions import council
from madoguchi.services.plan.testing import open_period

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 11, 10, 3, tzinfo=UTC)
PEOPLE = {
    "lead": ("welfare", "clerk"),
    "related": ("citizens", "clerk"),
    "other section": ("library", "clerk"),
    "plan office": ("planning", "planner"),
    "council": ("planning", "council"),
    "secretary": ("planning", "secretary"),
    "auditor": ("planning", "auditor"),
}
REPORT = "/plan/reports/2020H1/03/"
SEES = {  # a page → who opens it; everybody else is refused
    "/plan/measures/03/": {*PEOPLE, "resident", "nobody"},
    REPORT: {"lead", "related", "plan office", "council", "secretary", "auditor"},
    "/plan/council/": {"plan office", "council", "secretary", "auditor"},
    "/plan/council/{meeting}/": {"plan office", "council", "secretary", "auditor"},
}
DOES = {  # what is posted → who changes something by it
    (f"{REPORT}remarks/", "意見"): {"lead", "related"},
    (f"{REPORT}return/", "質問"): set(),  # nothing was handed in yet, so not even the plan office
    ("/plan/council/{meeting}/items/", "議題"): {"secretary"},
}


@pytest.fixture
def scene(example_city, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    report = open_period(HalfYear(2020, 1)).reports.get(measure_key="03")
    people = {name: signed_in(make_staff(*post)) for name, post in PEOPLE.items()}
    people |= {"resident": signed_in(make_resident()), "nobody": Client()}
    actor = make_staff("planning", "secretary")
    meeting = council.call(title="第1回（架空）", held_on=NOW.date(), period=None, actor=actor, now=NOW)
    return people, report, meeting


@pytest.mark.parametrize("page", SEES)
def test_a_page_opens_for_these_and_for_nobody_else(scene, page):
    people, _report, meeting = scene
    address = page.format(meeting=meeting.pk)
    assert {name for name, client in people.items() if client.get(address).status_code == 200} == SEES[page]


@pytest.mark.parametrize("act", DOES)
def test_an_act_is_done_by_these_and_by_nobody_else(scene, act):
    people, report, meeting = scene
    address, text = act[0].format(meeting=meeting.pk), act[1]

    def state():
        return report.remarks.count(), meeting.items.count()

    done = set()
    for name, client in people.items():
        before = state()
        client.post(address, {"text": text, "title": text})
        if state() != before:
            done.add(name)
    assert done == DOES[act]
