"""What everyone sees of the plan: ten seconds, the story of a measure, news, data, charts for other sites."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.architecture.test_routes import routes

from madoguchi.kernel.accounts.testing import make_staff
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.actions import council, periods, promises
from madoguchi.services.plan.actions import reports as actions
from madoguchi.services.plan.models import Baseline, Change, Report, Snapshot
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.testing import open_period, write

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2020, 10, 20, 3, tzinfo=UTC)
# what the sections say: measure → its section, and its first step's days (measure 03 is late: it never began)
TOLD = {
    "03": ("welfare", {"forecast_first": "2020H2", "forecast_last": "2021H1", "reason": "機器の納期が延びた"}),
    "04": ("library", {"started_on": "2020-05-01", "finished_on": "2020-09-25"}),
}


@pytest.fixture
def half_year(example_city, monkeypatch):
    """One fixed half-year: a measure late, one on its way, six of which nothing was heard; a change and a decision."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2020, 11, 5, 3, tzinfo=UTC))
    period = open_period(HalfYear(2020, 1))
    office, secretary = make_staff("planning", "planner"), make_staff("planning", "secretary")
    for key, (section, fields) in TOLD.items():
        clerk, report = make_staff(section, "clerk"), Report.objects.get(period=period, measure_key=key)
        write(report, clerk, NOON, s1=fields)
        actions.submit(report.pk, actor=clerk, now=NOON)
        actions.confirm(report.pk, actor=office, now=NOON + timedelta(days=1))
    periods.close_period(HalfYear(2020, 1), actor=None, now=NOON + timedelta(days=2))
    library = make_staff("library", "clerk")
    promises.change(
        queries.measure("04"),
        bars={"2": ("2020H2", "2022H1")},
        reason="供給が遅れている",
        actor=library,
        now=NOON + timedelta(days=3),
    )
    meeting = council.call(
        title="第1回会議", held_on=date(2020, 10, 30), period=period, actor=secretary, now=NOON + timedelta(days=10)
    )
    council.decide(
        meeting.pk,
        queries.measure("04"),
        text="次の期までに機器を決める",
        due_on=date(2021, 3, 31),
        actor=secretary,
        now=NOON + timedelta(days=10),
    )
    return period


def page(address, language="ja"):
    client = Client()
    client.cookies["language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_ten_seconds(half_year):
    found = page("/plan/")
    assert "8の施策は、いまどこまで" in found
    assert "8の施策のうち、1が計画どおりです。" in found
    assert "1が遅れています。" in found
    assert "6は、期限を過ぎても報告がありません。" in found
    assert "機器の納期が延びた" in found
    assert "of 8 measures" in page("/plan/", "en")


def test_every_measure_counts_once_in_the_bar(half_year):
    parts = Client().get("/plan/").context["status"]["parts"]
    assert sum(part["count"] for part in parts) == 8
    assert parts[-1]["x"] + parts[-1]["width"] == pytest.approx(100, abs=0.05)


def test_before_the_first_report_the_page_says_so(example_city):
    assert "報告はまだありません" in page("/plan/")
    assert "報告はまだありません" in page("/plan/charts/status/")
    assert Client().get("/api/v1/plan/results").json()["items"] == []


def test_the_story_tells_what_happened_and_never_who(half_year):
    found = page("/plan/measures/04/")
    story = [line["uid"] for line in Client().get("/plan/measures/04/").context["results"]["story"]]
    assert [uid.rsplit("-", 1)[0] if uid.startswith("decided") else uid for uid in story] == [
        "decided",
        "changed-04-1",
        "fixed-04-2020H1",
        "locked-04",
    ]
    for uid in story:
        assert f'id="{uid}"' in found
    for words in (
        "供給が遅れている",
        "次の期までに機器を決める",
        "大きな変更",
        Baseline.objects.get(measure_key="04").digest,
    ):
        assert words in found
    assert Change.objects.get().made_by.name not in found


def test_news_has_ids_that_stay_and_addresses_that_lead_to_the_event(half_year, settings):
    read = ET.fromstring(Client().get("/plan/news.atom").content)
    ids = [entry.findtext(f"{ATOM}id") for entry in read.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 5
    assert f"{settings.SITE_URL}/plan/measures/04/#changed-04-1" in ids
    of_one = ET.fromstring(Client().get("/plan/measures/03/news.atom").content)
    (entry,) = of_one.iter(f"{ATOM}entry")  # work on it has not begun, so no promise was locked
    assert entry.findtext(f"{ATOM}id").endswith("#fixed-03-2020H1")
    rss = ET.fromstring(Client().get("/plan/news.rss").content)
    assert [item.findtext("guid") for item in rss.iter("item")] == ids
    assert Client().get("/plan/measures/99/news.atom").status_code == 404


def test_the_data_says_the_same(half_year):
    client = Client()
    results = {row["measure"]: row for row in client.get("/api/v1/plan/results").json()["items"]}
    assert len(results) == 8
    assert (results["03"]["state"], results["03"]["silent_days"]) == ("late", 0)
    assert (results["25"]["state"], results["25"]["silent_days"]) == (None, 5)  # due on 31 October
    events = client.get("/api/v1/plan/events?measure=04").json()["items"]
    assert [event["kind"] for event in events] == ["decided", "changed", "fixed", "locked"]
    assert events[2]["digest"] == Snapshot.objects.get(measure_key="04").digest
    rows = list(csv.DictReader(io.StringIO(client.get("/plan/events.csv").content.decode("utf-8-sig"))))
    assert [row["ID"] for row in rows if row["施策"] == "04"] == [event["id"] for event in events]
    states = list(csv.DictReader(io.StringIO(client.get("/plan/results.csv").content.decode("utf-8-sig"))))
    assert {row["施策番号"]: row["状態"] for row in states}["3"] == "遅延"
    keys = {row["key"] for row in client.get("/api/v1/plan/indicators").json()["items"]}
    assert keys == {"trained-staff", "online-procedures"}


def test_charts_for_other_sites_are_the_only_pages_that_may_be_framed(half_year):
    framed = {address for address, _ in routes() if "/charts/" in address}
    assert framed == {"plan/charts/status/", "plan/charts/measures/<slug:key>/"}
    for address in ("/plan/charts/status/", "/plan/charts/measures/04/", "/plan/charts/measures/25/"):
        answer = Client().get(address)
        policy = dict(rule.split(" ", 1) for rule in answer["Content-Security-Policy"].split("; "))
        assert policy["frame-ancestors"] == "*"
        assert (policy["script-src"], policy["form-action"]) == ("'none'", "'none'")
        assert "X-Frame-Options" not in answer
        assert not answer.cookies
        content = answer.content.decode()
        assert "<svg" in content
        assert "<table" in content
        for nothing in ("<form", "<script", "href='/", 'href="/"', "<header"):
            assert nothing not in content
    assert Client().get("/plan/")["X-Frame-Options"] == "DENY"


def test_the_line_to_copy_shows_the_chart(half_year, settings):
    found = Client().get("/plan/").content.decode()
    assert f"&lt;iframe src=&quot;{settings.SITE_URL}/plan/charts/status/&quot;" in found


def test_the_number_of_queries_does_not_follow_the_number_of_measures(half_year):
    for address in ("/plan/", "/plan/news.atom", "/plan/measures/04/", "/api/v1/plan/results", "/plan/charts/status/"):
        with CaptureQueriesContext(
            connection,
        ) as found:
            Client().get(f"{address}?fresh={address}")
        assert len(found) <= 30, f"{address}: {len(found)}"
