"""The next plan: copied, changed, remarked on, approved, published on its day; until then nobody outside sees it."""

import json
import shutil
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.test import Client

from madoguchi.kernel.accounts.public import NotAllowed
from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.citydata.testing import load_pack
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import queries
from madoguchi.services.plan.actions import drafts as actions
from madoguchi.services.plan.draft_measure_forms import DraftMeasureForm
from madoguchi.services.plan.errors import DraftNotPossible
from madoguchi.services.plan.models import AgendaItem, Draft
from madoguchi.services.plan.rules import drafts as rules
from madoguchi.services.plan.testing import open_period

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 9, 1, 3, tzinfo=UTC)
NAME = "第七次例示市情報化計画"


@pytest.fixture
def at(monkeypatch):
    """Moves the clock of pages."""

    def move(day):
        monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, datetime.min.time(), UTC).replace(hour=3))

    move(date(2022, 9, 1))
    return move


@pytest.fixture
def office(example_city, at):
    return make_staff("planning", "planner")


@pytest.fixture
def secretary(office):
    return make_staff("planning", "secretary")


@pytest.fixture
def draft(office):
    """01 and 02 merged, 03 split, 05 ended, the others carried over."""
    begun = actions.begin(name=NAME, actor=office, now=NOON)
    actions.merge(begun.key, [1, 2], actor=office)
    actions.split(begun.key, 3, actor=office)
    actions.end(begun.key, 5, reason="目的を果たした", actor=office)
    return begun


def everything_published():
    """What is public of the plan: the bodies in force."""
    kinds = ("plan.outline", "plan.measure", "plan.indicator")
    return {(kind, found.key): found for kind in kinds for found in records(kind)}


@pytest.mark.parametrize(("half", "expected"), [("2020H1", "2023H1"), ("2022H2", "2025H2")])
def test_a_half_year_moves_by_the_length_of_the_plan(half, expected):
    assert rules.moved(half, 3) == expected


def test_the_copy_is_a_plan_of_the_same_length_after_this_one(office):
    begun = actions.begin(name=NAME, actor=office, now=NOON)
    assert (begun.key, begun.body["first_half"], begun.body["last_half"]) == ("2023", "2023H1", "2025H2")
    third = begun.measures.get(number=3).body
    assert [task["planned"] for task in third["tasks"]] == [
        [{"from": "2023H1", "to": "2023H1"}],
        [{"from": "2023H2", "to": "2023H2"}],
        [{"from": "2024H1", "to": "2025H2"}],
    ]
    assert actions.begin(name=NAME, actor=office, now=NOON) == begun  # begun twice is one draft
    assert begun.measures.count() == 8


def test_merged_split_and_ended_measures_know_their_ancestors(draft):
    ancestors = {row.number: row.body["ancestors"] for row in draft.measures.all()}
    assert ancestors[1] == ["01", "02"]
    assert 2 not in ancestors
    assert [number for number, keys in ancestors.items() if keys == ["03"]] == [3, 26]  # 25 was the last number
    draft.refresh_from_db()
    assert draft.body["ended"] == [{"measure": "05", "reason": "目的を果たした"}]


def test_a_draft_changes_nothing_and_nobody_outside_sees_it(draft, office):
    before = everything_published()
    actions.edit(draft.key, 1, {"purpose": "まだ秘密の目的"}, actor=office)
    assert everything_published() == before
    everyone = Client()
    for address in (
        "/plan/",
        "/plan/book/",
        "/api/v1/plan/measures",
        "/plan/measures.csv",
        "/search/?q=第七次",
        "/plan/news.atom",
    ):
        content = everyone.get(address).content.decode()
        assert NAME not in content.replace("第七次</", ""), address
        assert "まだ秘密の目的" not in content, address
    assert everyone.get("/plan/plans/2023/").status_code == 404
    assert everyone.get("/plan/measures/2023-01/").status_code == 404
    for address in ("/plan/drafts/", "/plan/drafts/2023/", "/plan/drafts/2023/measures/1/"):
        assert everyone.get(address).status_code == 302


def test_from_remarks_to_the_day_of_publication(draft, office, secretary, at):
    clerk = make_staff("welfare", "clerk")
    desk = signed_in(clerk)
    page = desk.post("/plan/drafts/2023/remark/", {"number": "3", "text": "期間が短い"}, follow=True).content.decode()
    assert "期間が短い" in page
    assert signed_in(office).post("/plan/drafts/2023/put/", follow=True).status_code == 200
    assert NAME in AgendaItem.objects.get(meeting=None).title
    with pytest.raises(DraftNotPossible):
        actions.edit("2023", 1, {"purpose": "遅すぎる"}, actor=office)

    day = {"publish_on_era": "令和", "publish_on_year": 5, "publish_on_month": 2, "publish_on_day": 1}
    assert (
        "承認を記録しました"
        in signed_in(secretary).post("/plan/drafts/2023/approve/", day, follow=True).content.decode()
    )
    before = everything_published()
    assert actions.publish_due(today=date(2023, 1, 31), now=NOON) == []
    assert everything_published() == before

    at(date(2023, 2, 1))
    assert actions.publish_due(today=date(2023, 2, 1), now=clock.now()) == ["2023"]
    assert actions.publish_due(today=date(2023, 2, 1), now=clock.now()) == []
    assert everything_published().items() >= before.items()  # the present plan is as it was
    everyone = Client()
    assert NAME in everyone.get("/plan/plans/2023/").content.decode()
    assert "引き継ぎません。" in everyone.get("/plan/measures/05/").content.decode()
    assert 'href="/plan/measures/2023-01/"' in everyone.get("/plan/measures/02/").content.decode()
    assert 'href="/plan/measures/02/"' in everyone.get("/plan/measures/2023-01/").content.decode()
    (copied,) = [item for item in records("plan.indicator") if item.measure == "2023-25"]
    assert (copied.name.ja, copied.target, copied.target_half) == ("オンラインでできる手続", 4, "2025H2")
    assert queries.outline().key == "plan"  # until April
    at(date(2023, 4, 1))
    assert queries.outline().key == "2023"
    assert open_period(HalfYear(2022, 2)).reports.count() == 8


def test_the_published_plan_goes_back_into_the_pack(draft, office, secretary, tmp_path, settings):
    actions.put("2023", actor=office, now=NOON)
    actions.approve("2023", publish_on=date(2022, 9, 1), actor=secretary, now=NOON)
    actions.publish_due(today=date(2022, 9, 1), now=NOON)
    shutil.copytree(settings.CITY_PACK, tmp_path / "city")
    settings.CITY_PACK = tmp_path / "city"
    call_command("city", "export")
    pack = load_pack(tmp_path / "city")
    assert not pack.problems
    keys = {loaded.body.key for loaded in pack.records if loaded.collection.kind == "plan.measure"}
    assert {"01", "2023-01", "2023-26"} <= keys
    assert (tmp_path / "city" / "plan" / "plan2023.yaml").exists()


@pytest.mark.parametrize(
    ("role", "act"),
    [
        ("clerk", lambda person: actions.begin(name=NAME, actor=person, now=NOON)),
        ("clerk", lambda person: actions.merge("2023", [1, 3], actor=person)),
        ("clerk", lambda person: actions.put("2023", actor=person, now=NOON)),
        ("secretary", lambda person: actions.edit("2023", 1, {}, actor=person)),
        ("planner", lambda person: actions.approve("2023", publish_on=date(2023, 2, 1), actor=person, now=NOON)),
        ("auditor", lambda person: actions.remark("2023", 1, text="意見", section="", actor=person, now=NOON)),
    ],
)
def test_everyone_does_their_own_part(draft, role, act):
    with pytest.raises(NotAllowed):
        act(make_staff("welfare", role))


def test_the_council_decides_only_on_what_is_before_it(draft, secretary):
    with pytest.raises(DraftNotPossible):
        actions.approve("2023", publish_on=date(2023, 2, 1), actor=secretary, now=NOON)


def test_a_forgotten_measure_stops_the_way_to_the_council(draft, office):
    draft.measures.filter(number=4).delete()
    with pytest.raises(DraftNotPossible, match="04"):
        actions.put("2023", actor=office, now=NOON)
    assert Draft.objects.get().state == "written"


def test_what_was_ended_can_be_taken_up_again(draft, office):
    answer = signed_in(office).post("/plan/drafts/2023/carry/", {"measure": "05"}, follow=True)
    assert "引き継ぐことにしました" in answer.content.decode()
    assert Draft.objects.get().body["ended"] == []
    assert draft.measures.get(number=5).body["ancestors"] == ["05"]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("設計 | 2023H1-2023H2", [{"title": "設計", "planned": [{"from": "2023H1", "to": "2023H2"}]}]),
        ("設計｜2023H1", [{"title": "設計", "planned": [{"from": "2023H1", "to": "2023H1"}]}]),
        ("設計 | 2023H1-", [{"title": "設計", "planned": [{"from": "2023H1", "to": None}]}]),
        ("設計", [{"title": "設計", "planned": None}]),
        ("設計 | 0000H1", "1行目を「名前 | 2023H1-2023H2」の形で書いてください"),
        ("設計 | 来年", "1行目を「名前 | 2023H1-2023H2」の形で書いてください"),
        ("設計\n構築 | 2024H1-2023H1", "2行目の終わりは、始まりと同じか、あとの半期にしてください"),
    ],
)
def test_steps_are_written_one_a_line(draft, text, tasks):
    body = json.loads(json.dumps(draft.measures.get(number=4).body))
    data = {"name": "図書館", "summary": "図書館", "field": "administration", "lead": "library", "tasks": text}
    form = DraftMeasureForm(body, draft.body, [("library", "図書館")], data)
    if isinstance(tasks, str):
        assert form.errors["tasks"] == [tasks]
    else:
        assert form.is_valid(), form.errors
        assert form.changes()["tasks"] == tasks


@pytest.mark.parametrize(
    ("act", "sent", "numbers"),
    [
        ("merge", {"number": ["3", "4"]}, {4}),
        ("split", {"number": "3"}, set()),
        ("end", {"number": "3", "reason": "役目を終えた"}, {3}),
    ],
)
def test_an_act_on_the_page_does_what_it_says(draft, office, act, sent, numbers):
    before = set(draft.measures.values_list("number", flat=True))
    answer = signed_in(office).post(f"/plan/drafts/2023/{act}/", sent, follow=True)
    assert answer.status_code == 200
    after = set(draft.measures.values_list("number", flat=True))
    assert before - after == numbers
    assert len(after - before) == (act == "split")


def test_a_reason_that_is_too_long_is_refused_and_the_measure_stays(draft, office):
    sent = {"number": "3", "reason": "あ" * 501}
    page = signed_in(office).post("/plan/drafts/2023/end/", sent, follow=True).content.decode()
    assert "501文字あります" in page
    assert draft.measures.filter(number=3).exists()
