"""組織改正: nothing moves before its day, nothing is rewritten after it."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from madoguchi.kernel.accounts import actions
from madoguchi.kernel.accounts.actions import Change
from madoguchi.kernel.accounts.errors import NotAllowed, PlanNotPossible
from madoguchi.kernel.accounts.models import Person, Reorganisation
from madoguchi.kernel.accounts.permissions import grants, sections_with
from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata.public import current, record
from madoguchi.lib import clock

pytestmark = pytest.mark.usefixtures("example_city")
NOW = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
TODAY, DAY, EVE = date(2026, 11, 25), date(2027, 4, 1), date(2027, 3, 31)
VIEW = "procedures.case.view"


@pytest.fixture
def administrator():
    return make_staff("planning", "administrator")


@pytest.fixture
def clerk():
    return make_staff("childcare", "clerk")


def plan(administrator, *changes, on=DAY):
    return actions.plan_reorganisation(
        "令和9年度 組織改正", effective_on=on, changes=list(changes), actor=administrator, now=NOW, today=TODAY
    )


def apply(on=DAY):
    return actions.apply_due_reorganisations(today=on, now=NOW)


def sections(person, on):
    return {grant.section_key for grant in grants(Person.objects.get(pk=person.pk), on=on) if grant.permission == VIEW}


def test_a_merger_moves_posts_on_its_day_and_opens_the_old_records_to_the_new_section(administrator, clerk):
    old_hand = make_staff("welfare", "viewer")
    plan(administrator, Change("merge", "childcare", into_key="welfare"))
    assert apply(on=EVE) == []
    assert sections(old_hand, DAY) == {"welfare"}
    assert len(apply()) == 1
    assert sections(clerk, EVE) == {"childcare"}
    assert sections(clerk, DAY) == {"welfare", "childcare"}  # records keep childcare and stay within reach
    assert sections(old_hand, DAY) == {"welfare", "childcare"}
    assert [(post.section_key, post.valid_from, post.valid_until) for post in clerk.posts.order_by("pk")] == [
        ("childcare", date(2020, 4, 1), EVE),
        ("welfare", DAY, None),
    ]
    assert record("section", "childcare").valid_until == EVE
    assert apply() == []  # once only


def test_a_chain_of_mergers_keeps_every_older_record_within_reach(administrator, clerk):
    plan(administrator, Change("abolish", "childcare", into_key="welfare"))
    apply()
    later = date(2028, 4, 1)
    plan(administrator, Change("merge", "welfare", into_key="library"), on=later)
    apply(on=later)
    assert sections(clerk, later) == {"childcare", "welfare", "library"}


def test_a_split_gives_the_posts_to_the_first_part_and_the_records_to_both(administrator, clerk):
    other = make_staff("library", "viewer")
    plan(
        administrator,
        Change("split", "childcare", into_key="welfare"),
        Change("split", "childcare", into_key="library"),
    )
    apply()
    assert sections(clerk, DAY) == {"welfare", "childcare"}
    assert sections(other, DAY) == {"library", "childcare"}


def test_a_new_name_is_a_new_revision_and_the_old_one_stays(administrator, clerk):
    plan(
        administrator,
        Change("rename", "childcare", new_value="こども未来課"),
        Change("move", "welfare", new_value="健康福祉部"),
    )
    before = current("section", "childcare")
    apply()
    assert record("section", "childcare").name_ja == "こども未来課"
    assert record("section", "welfare").department == "健康福祉部"
    before.refresh_from_db()
    assert before.content.name_ja == "子育て課"
    assert before.superseded_at is not None
    assert sections(clerk, DAY) == {"childcare"}


def test_a_plan_is_taken_back_until_its_day_and_not_after(administrator, clerk):
    made = plan(administrator, Change("merge", "childcare", into_key="welfare"))
    actions.withdraw_reorganisation(made.pk, actor=administrator, now=NOW)
    assert apply() == []
    assert sections(clerk, DAY) == {"childcare"}
    again = plan(administrator, Change("merge", "childcare", into_key="welfare"))
    apply()
    with pytest.raises(PlanNotPossible):
        actions.withdraw_reorganisation(again.pk, actor=administrator, now=NOW)
    assert [line.verb for line in history(again)] == [
        "accounts.reorganisation.planned",
        "accounts.reorganisation.applied",
    ]


def test_plans_that_cannot_be_are_refused(administrator, clerk):
    merge = Change("merge", "childcare", into_key="welfare")
    for changes in (
        [],
        [merge, merge],
        [Change("merge", "childcare")],
        [Change("rename", "childcare")],
        [Change("rename", "childcare", into_key="welfare", new_value="新")],
        [Change("merge", "childcare", into_key="nowhere")],
        [Change("merge", "childcare", into_key="childcare")],
        [merge, Change("merge", "welfare", into_key="library")],  # who takes over goes away the same day
    ):
        with pytest.raises(PlanNotPossible):
            plan(administrator, *changes)
    with pytest.raises(PlanNotPossible):
        plan(administrator, merge, on=TODAY)
    with pytest.raises(NotAllowed):
        plan(clerk, merge)
    plan(administrator, merge)
    with pytest.raises(PlanNotPossible):
        plan(administrator, Change("rename", "childcare", new_value="別の予定"))
    assert Reorganisation.objects.count() == 1


def test_the_preview_counts_posts_and_what_services_have_in_hand(administrator, clerk):
    browser = signed_in(administrator)
    lines = {"form-TOTAL_FORMS": "6", "form-INITIAL_FORMS": "0", "title": "改正"}
    lines |= {"form-0-section_key": "childcare", "form-0-kind": "merge", "form-0-into_key": "welfare"}
    day = {"era": "令和", "year": "9", "month": "4", "day": "1"}
    lines |= {f"effective_on_{part}": value for part, value in day.items()}
    done = browser.post("/accounts/reorganisations/plan/", lines)
    assert done.status_code == 302, done.content.decode()[-4000:]
    page = browser.get(done.url).content.decode()
    for words in ("子育て課：統合 → 福祉課", "施行日に続く職", "進行中の申請", "担当の手続"):
        assert words in page
    assert browser.post(f"{done.url}withdraw/").status_code == 302
    assert Reorganisation.objects.get().withdrawn_at is not None


def test_the_command_applies_what_is_due(administrator, clerk, capsys):
    plan(administrator, Change("merge", "childcare", into_key="welfare"))
    call_command("reorganise", date=EVE)
    call_command("reorganise", date=DAY)
    call_command("reorganise", date=DAY)
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "0 reorganisation(s) applied",
        "applied: 令和9年度 組織改正 (2027-04-01)",
        "1 reorganisation(s) applied",
        "0 reorganisation(s) applied",
    ]


def test_the_desk_of_today_is_not_touched_by_a_plan(administrator, clerk):
    plan(administrator, Change("merge", "childcare", into_key="welfare"))
    assert sections_with(Person.objects.get(pk=clerk.pk), VIEW) == {"childcare"}
    assert clock.today() < DAY
