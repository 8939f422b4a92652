"""What a draft promises: its length, with the steps that must fit into it, and the targets of its indicators."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.citydata.public import records
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.actions import drafts as actions
from madoguchi.services.plan.actions import promises
from madoguchi.services.plan.errors import DraftNotPossible
from madoguchi.services.plan.models import Draft
from madoguchi.services.plan.queries import drafts as reading
from madoguchi.services.plan.rules import drafts as rules
from madoguchi.services.plan.screens import reports as screens_of_reports
from madoguchi.services.plan.testing import as_sent, open_period

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 9, 1, 3, tzinfo=UTC)


@pytest.fixture
def office(example_city, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return make_staff("planning", "planner")


@pytest.fixture
def desk(office):
    return signed_in(office)


@pytest.fixture
def draft(office):
    return actions.begin(name="第七次例示市情報化計画", actor=office, now=NOON)


def test_a_plan_may_run_for_one_to_ten_years():
    ends = rules.ends("2023H1")
    assert (ends[0], ends[4], ends[-1], len(ends)) == ("2023H2", "2027H2", "2032H2", 10)


@pytest.mark.parametrize(
    ("planned", "outside"),
    [
        (("2023H1", "2023H2"), False),
        (("2023H2", "2024H1"), True),
        (("2022H2", "2023H1"), True),
        (("2024H1", None), True),
        (("2023H2", None), False),
    ],
)
def test_a_bar_beyond_the_period_names_its_step(planned, outside):
    first, last = planned
    body = {"tasks": [{"title": "構築", "planned": [{"from": first, "to": last}]}, {"title": "常に", "planned": None}]}
    assert rules.outside(body, {"first_half": "2023H1", "last_half": "2023H2"}) == (["構築"] if outside else [])


def lengthened(desk, last):
    address = "/plan/drafts/2023/outline/"
    return desk.post(address, as_sent(desk, address, last_half=last), follow=True).content.decode()


def test_a_shorter_plan_names_the_steps_it_cuts_and_does_not_reach_the_council(desk, draft, office):
    page = lengthened(desk, "2024H2")
    assert "令和5年度上半期から令和6年度下半期まで" in page
    assert "計画の期間の外" in page
    assert draft.measures.get(number=3).body["tasks"][2]["planned"] == [{"from": "2024H1", "to": "2025H2"}]  # not cut
    with pytest.raises(DraftNotPossible, match="施策3「運用」"):
        actions.put("2023", actor=office, now=NOON)
    lengthened(desk, "2025H2")
    actions.put("2023", actor=office, now=NOON)


def test_a_plan_of_five_years_has_ten_half_years_everywhere(desk, draft, office, monkeypatch):
    lengthened(desk, "2027H2")
    table = desk.get("/plan/drafts/2023/differences/").content.decode()
    assert "<del>令和2年度上半期から令和4年度下半期まで（3年間）</del>" in table
    assert "<ins>令和5年度上半期から令和9年度下半期まで（5年間）</ins>" in table
    actions.put("2023", actor=office, now=NOON)
    actions.approve("2023", publish_on=date(2022, 9, 1), actor=make_staff("planning", "secretary"), now=NOON)
    actions.publish_due(today=date(2022, 9, 1), now=NOON)
    monkeypatch.setattr(clock, "now", lambda: datetime(2023, 5, 1, 3, tzinfo=UTC))
    everyone = Client()
    assert everyone.get("/plan/measures/2023-03/").content.decode().count('<td colspan="10">') == 3  # a row a step
    assert everyone.get("/plan/book/").content.decode().count(">令和9年度</th>") == 7  # one of eight has no steps
    # reports of the last half-year of the plan before are written when this one has begun
    report = open_period(HalfYear(2022, 2)).reports.get(measure_key="03")
    offered = [half for half, _name in screens_of_reports.table(office, report, today=date(2023, 5, 1))["halves"]]
    assert offered[:6] == ["2020H1", "2020H2", "2021H1", "2021H2", "2022H1", "2022H2"]


@pytest.mark.parametrize("last", ["2033H2", "2022H2", "2023H1"])
def test_another_length_is_refused(draft, office, last):
    with pytest.raises(DraftNotPossible, match="1年から10年"):
        actions.describe("2023", {"last_half": last}, actor=office)


ONLINE = "/plan/drafts/2023/measures/25/"  # has the indicator online-procedures: 4 by 2025H2 when carried over
AIM, AIM_HALF = "target.online-procedures", "target_half.online-procedures"


def aimed(desk, value, half):
    return desk.post(ONLINE, as_sent(desk, ONLINE, **{AIM: value, AIM_HALF: half}))


def published(office):
    actions.put("2023", actor=office, now=NOON)
    actions.approve("2023", publish_on=date(2022, 9, 1), actor=make_staff("planning", "secretary"), now=NOON)
    actions.publish_due(today=date(2022, 9, 1), now=NOON)
    return {item.key: (item.target, item.target_half) for item in records("plan.indicator")}


def test_a_target_of_the_draft_is_the_one_that_is_published(desk, draft, office):
    assert aimed(desk, "120", "2024H2").status_code == 302
    table = desk.get("/plan/drafts/2023/differences/").content.decode()
    assert "<del>オンラインでできる手続　4件（令和4年度下半期まで）</del>" in table
    assert "<ins>オンラインでできる手続　120件（令和6年度下半期まで）</ins>" in table
    targets = published(office)
    assert targets["2023-25-online-procedures"] == (120, "2024H2")
    assert targets["online-procedures"] == (4, "2022H2")  # the present plan promises what it did


def test_a_target_goes_along_when_its_measure_is_split_and_merged(desk, draft, office):
    aimed(desk, "120", "2024H2")
    actions.split("2023", 25, actor=office)
    actions.merge("2023", [4, 25], actor=office)
    found = {item.key: item.target for item in reading.followed(draft)}
    assert found["2023-04-online-procedures"] == found["2023-26-online-procedures"] == 120


def test_a_draft_without_a_target_promises_none(desk, draft, office):
    assert aimed(desk, "", "").status_code == 302
    assert published(office)["2023-25-online-procedures"] == (None, None)


@pytest.mark.parametrize(("value", "half"), [("", "2024H2"), ("5", ""), ("5", "2026H1"), ("nan", "2024H2")])
def test_a_target_needs_a_half_year_of_the_plan(desk, draft, value, half):
    assert aimed(desk, value, half).status_code == 400
    assert draft.measures.get(number=25).indicator_targets == {}


def test_a_target_beyond_a_shorter_plan_is_named(desk, draft, office):
    for row in draft.measures.all():
        actions.edit("2023", row.number, {"tasks": []}, actor=office)
    lengthened(desk, "2024H2")
    with pytest.raises(DraftNotPossible, match="施策25「オンラインでできる手続の目標」"):
        actions.put("2023", actor=office, now=NOON)
    aimed(desk, "4", "2024H2")
    actions.put("2023", actor=office, now=NOON)


def test_what_the_council_saw_is_published_also_when_the_present_plan_changes_its_target(desk, draft, office):
    actions.put("2023", actor=office, now=NOON)
    for half in (1, 2):
        open_period(HalfYear(2020, half))
    (online,) = [measure for measure in records("plan.measure") if measure.key == "25"]
    target, lead = {"online-procedures": (9.0, "2022H1")}, make_staff("planning", "clerk")
    promises.change(online, bars={}, effects=target, reason="ふやす", actor=lead, now=NOON)
    (kept,) = [item for item in reading.followed(Draft.objects.get()) if item.measure == "2023-25"]
    assert kept.target == 4
    actions.send_back("2023", actor=make_staff("planning", "secretary"))
    (written,) = [item for item in reading.followed(Draft.objects.get()) if item.measure == "2023-25"]
    assert written.target == 9  # written again, it follows the present plan again


def test_the_digest_covers_the_targets(draft, office):
    actions.put("2023", actor=office, now=NOON)
    found = actions.approve("2023", publish_on=date(2022, 9, 1), actor=make_staff("planning", "secretary"), now=NOON)
    found.indicators[0]["target"] = 1
    found.save()
    with pytest.raises(RuntimeError, match="not what was approved"):
        actions.publish_due(today=date(2022, 9, 1), now=NOON)
