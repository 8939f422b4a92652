"""Plans that follow each other: the next one beside the present, each measure with its ancestors and successors."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from madoguchi.kernel.citydata.testing import revise
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import queries
from madoguchi.services.plan.models import Report, Step
from madoguchi.services.plan.pack import Measure, Outline
from madoguchi.services.plan.rules import generations
from madoguchi.services.plan.testing import open_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Moves the clock of pages."""

    def move(day):
        monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, datetime.min.time(), UTC).replace(hour=3))

    return move


@pytest.fixture
def published(example_city):
    """The next plan: 01 and 02 merged, 03 split, 04 carried over, 05 ended."""
    plan = queries.outline()
    ended = [{"measure": "05", "reason": "目的を果たした"}]
    following = {"key": "2023", "first_half": "2023H1", "last_half": "2025H2", "ended": ended}
    revise("plan.outline", "2023", Outline.model_validate(plan.model_dump() | following), actor=None)
    family = {"2023-1": ["01", "02"], "2023-2": ["03"], "2023-3": ["03"], "2023-4": ["04"]}
    model = next(found for found in queries.measures(plan) if found.key == "04").model_dump(by_alias=True)
    bars = [{"title": "新しい工程", "planned": [{"from": "2023H1", "to": "2023H2"}]}]
    for number, (key, ancestors) in enumerate(family.items(), 1):
        new = {"key": key, "number": number, "plan": "2023", "ancestors": ancestors, "tasks": bars}
        revise("plan.measure", key, Measure.model_validate(model | new), actor=None)
    return plan


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2019, 1, 1), "plan"),  # before the first begins
        (date(2023, 3, 31), "plan"),
        (date(2023, 4, 1), "2023"),
        (date(2030, 1, 1), "2023"),  # over, and nothing follows yet
    ],
)
def test_the_plan_in_force_follows_the_day(published, day, key):
    assert generations.in_force(queries.plans(), day).key == key


def test_a_published_next_plan_changes_nothing_of_the_present_one(published, at):
    at(date(2023, 2, 1))
    assert len(queries.measures()) == 8
    assert "8の施策は、いまどこまで" in Client().get("/plan/").content.decode()
    following = Client().get("/plan/plans/2023/").content.decode()
    assert "4の施策は、いまどこまで" in following
    assert "目的を果たした" in following
    at(date(2023, 4, 1))
    assert "4の施策は、いまどこまで" in Client().get("/plan/").content.decode()
    assert "8の施策は、いまどこまで" in Client().get("/plan/plans/plan/").content.decode()
    assert Client().get("/plan/plans/none/").status_code == 404


def test_the_last_half_year_of_a_plan_is_reported_after_the_next_has_begun(published, at):
    at(date(2023, 4, 1))
    assert open_period(HalfYear(2022, 2)).reports.count() == 8
    assert open_period(HalfYear(2023, 1)).reports.count() == 4
    assert set(Report.objects.filter(period__half="2023H1").values_list("measure_key", flat=True)) == {
        "2023-1",
        "2023-2",
        "2023-3",
        "2023-4",
    }
    assert not Step.objects.filter(measure_key="04", planned_first__gte="2023H1").exists()


@pytest.mark.parametrize(
    ("key", "links"),
    [
        ("2023-1", ["01", "02"]),  # merged
        ("03", ["2023-2", "2023-3"]),  # split
        ("04", ["2023-4"]),  # carried over
        ("2023-4", ["04"]),
    ],
)
def test_pages_lead_both_ways(published, key, links):
    family = (
        Client().get(f"/plan/measures/{key}/").content.decode().partition('id="family"')[2].partition("</section>")[0]
    )
    for other in links:
        assert f'href="/plan/measures/{other}/"' in family
    assert family.count("href=") == len(links)


def test_a_measure_that_ended_says_why(published):
    page = Client().get("/plan/measures/05/").content.decode()
    assert "引き継ぎません。" in page
    assert "目的を果たした" in page
