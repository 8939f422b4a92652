"""Who sees and does what in the half-year: a table of people and acts, as the issue and house rules name them.

The measure is 03: led by welfare; the citizens' section is related to it, the library is not.
"""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from madoguchi.kernel.accounts.testing import make_resident, make_staff, signed_in
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.actions import council, drafts
from madoguchi.services.plan.models import Draft
from madoguchi.services.plan.rules.drafts import tokens
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
    "/plan/drafts/2023/": {*PEOPLE},
    "/plan/drafts/2023/differences/": {*PEOPLE},
    "/plan/drafts/2023/measures/3/": {*PEOPLE},
    "/plan/drafts/2023/measures/": {"plan office"},
    "/plan/drafts/2023/outline/": {"plan office"},
}
NEW = {"number": 30, "name": "新規", "summary": "新規", "field": "administration", "lead": "welfare"}
TEXTS = {
    "name": "次の計画",
    "owner": "welfare",
    "last_half": "2025H2",
    "field.administration": "行政",
    "field.health_welfare": "福祉",
}
GOALS = {f"goal.{key}": key for key in ("service", "information", "efficiency")}
DOES = {  # where something is posted → what, and who changes something by it
    f"{REPORT}remarks/": ({"text": "意見"}, {"lead", "related"}),
    f"{REPORT}return/": ({"text": "質問"}, set()),  # nothing was handed in yet, so not even the plan office
    "/plan/council/{meeting}/items/": ({"title": "議題", "text": "議題"}, {"secretary"}),
    "/plan/drafts/2023/measures/": (NEW, {"plan office"}),
    "/plan/drafts/2023/measures/3/": (NEW, {"plan office"}),
    "/plan/drafts/2023/outline/": (TEXTS | GOALS, {"plan office"}),
    "/plan/drafts/2023/end/": ({"number": 3, "reason": "役目を終えた"}, {"plan office"}),
}


@pytest.fixture
def scene(example_city, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    report = open_period(HalfYear(2020, 1)).reports.get(measure_key="03")
    people = {name: signed_in(make_staff(*post)) for name, post in PEOPLE.items()}
    people |= {"resident": signed_in(make_resident()), "nobody": Client()}
    drafts.begin(name="次の計画（架空）", actor=make_staff("planning", "planner"), now=NOW)
    actor = make_staff("planning", "secretary")
    meeting = council.call(title="第1回（架空）", held_on=NOW.date(), period=None, actor=actor, now=NOW)
    return people, report, meeting


def test_every_page_opens_for_these_and_for_nobody_else(scene):
    people, _report, meeting = scene
    opened = {page: set() for page in SEES}
    for page in SEES:
        for name, client in people.items():
            if client.get(page.format(meeting=meeting.pk)).status_code == 200:
                opened[page].add(name)
    assert opened == SEES


def test_every_act_is_done_by_these_and_by_nobody_else(scene):
    people, report, meeting = scene

    draft = Draft.objects.get()
    forms = {"outline": draft.body, "3": draft.measures.get(number=3).body}
    seen = {act: json.dumps(tokens(forms.get(act.split("/")[-2], {}))) for act in DOES}

    def state():
        draft = Draft.objects.get()
        bodies = list(draft.measures.values_list("body", flat=True))
        return report.remarks.count(), meeting.items.count(), draft.body, bodies

    done = {act: set() for act in DOES}
    for act, (sent, _who) in DOES.items():
        for name, client in people.items():
            before = state()
            client.post(act.format(meeting=meeting.pk), sent | {"seen": seen[act]})
            if state() != before:
                done[act].add(name)
    assert done == {act: who for act, (_sent, who) in DOES.items()}
