"""Through a whole half-year: open, six sections report, questions, fixed, a major change, council, evaluation."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.lib import clock
from madoguchi.services.plan.models import (
    Baseline,
    Change,
    Decision,
    Evaluation,
    Intake,
    Meeting,
    Period,
    Report,
    Snapshot,
)
from madoguchi.services.plan.rules.reports import token

pytestmark = pytest.mark.django_db
# section → its measure; steps with their facts, as the section would write them
ON_LINE = {
    "welfare": ("03", {"1": ("2020-04-10", "2020-09-20")}),
    "library": ("04", {"1": ("2020-05-01", "2020-09-25")}),
    "disaster": ("05", {"1": ("2020-04-20", "2020-09-01")}),
}
BY_EXCEL = {
    "childcare": ("06", {"1": ("2020-04-15", "2020-08-31")}),
    "citizens": ("07", {"1": ("2020-06-01", "2020-09-30")}),
    "planning": ("01", {"1-1": ("2020-04-01", "2020-09-01")}),
}


@pytest.fixture
def at(monkeypatch):
    """Moves the clock of pages and commands."""

    def move(day: str) -> None:
        moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=3)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


class Desk:
    """A member of staff who signs in anew for every request, however many months lie between."""

    def __init__(self, section, role="clerk"):
        self.person = make_staff(section, role)

    def __getattr__(self, verb):
        return getattr(signed_in(self.person), verb)


def on_line(client, half, key, facts, **more):
    data = {}
    for step, (started, finished) in facts.items():
        for name, text in (("started_on", started), ("finished_on", finished)):
            data[f"{step}.{name}"], data[f"{step}.{name}:seen"] = text, token("")
    return client.post(f"/plan/reports/{half}/{key}/", {**data, **more, "submit": "1"}, follow=True)


def by_excel(client, half, section, measure_number, facts, *, damaged=False):
    room = f"/plan/reports/{half}/sections/{section}/"
    book = load_workbook(io.BytesIO(client.get(room).content))
    sheet = book[f"施策{measure_number}"]
    for row in sheet.iter_rows(min_row=6):
        if row[0].value in facts:
            started, finished = facts[row[0].value]
            row[4].value, row[5].value = date.fromisoformat(started), date.fromisoformat(finished)
    stream = io.BytesIO()
    book.save(stream)
    content = stream.getvalue()
    if damaged:
        answer = client.post(f"{room}take/", {"table": SimpleUploadedFile("表.xlsx", content[:2000])})
        assert answer.status_code == 400
        assert "このファイルを開けません" in answer.content.decode()
        assert not Intake.objects.filter(section_key=section).exists()
    client.post(f"{room}take/", {"table": SimpleUploadedFile("表.xlsx", content)})
    client.post(f"{room}{Intake.objects.latest('pk').pk}/take/")


class Reader:
    """A browser of the public, whose pages are kept; a page made anew says the same at once after every act."""

    def __init__(self):
        self.browser = Client()
        self.reads_what_stands()

    def reads_what_stands(self):
        for page in ("/plan/", "/plan/measures/03/", "/plan/measures/04/", "/plan/systems/"):
            assert self.browser.get(page).content == Client().get(page).content, page


def test_a_whole_half_year(example_city, at, client):
    # it opens by itself, on the day after the half-year
    at("2020-10-01")
    call_command("plan", "open", "--date", "2020-10-01")
    assert Period.objects.get().half == "2020H1"
    office, secretary, council = Desk("planning", "planner"), Desk("planning", "secretary"), Desk("planning", "council")

    # three sections report on line, three by Excel, one of whose files is damaged
    at("2020-10-20")
    leads = {section: Desk(section) for section in (*ON_LINE, *BY_EXCEL)}
    reader = Reader()
    for section, (key, facts) in ON_LINE.items():
        assert "提出しました。" in on_line(leads[section], "2020H1", key, facts).content.decode()
    reader.reads_what_stands()
    for number, (section, (key, facts)) in enumerate(BY_EXCEL.items()):
        by_excel(leads[section], "2020H1", section, int(key), facts, damaged=number == 1)
    submit_what_excel_brought(leads)

    # after the due date silence is shown to everyone, in days
    at("2020-11-05")
    public = Client().get("/plan/measures/25/").content.decode()
    assert "報告なし" in public
    assert "5日" in public
    call_command("plan", "remind", "--date", "2020-11-01")

    # questions, answered and confirmed
    office.post("/plan/reports/2020H1/03/return/", {"text": "設計書はどこにありますか。"})
    leads["welfare"].post("/plan/reports/2020H1/03/remarks/", {"text": "文書管理にあります。"})
    leads["welfare"].post("/plan/reports/2020H1/03/", {"submit": "1"})
    for key in [key for key, _ in (*ON_LINE.values(), *BY_EXCEL.values())]:
        office.post(f"/plan/reports/2020H1/{key}/confirm/")
    assert Report.objects.filter(state="confirmed").count() == 6
    at("2020-12-01")
    reader = Reader()
    call_command("plan", "close", "--date", "2020-12-01")
    reader.reads_what_stands()
    assert Snapshot.objects.count() == 6
    assert Baseline.objects.count() == 6

    # a major change raises itself to the council
    page = leads["library"].post("/plan/changes/04/", later(leads["library"], "04", {"2.last": "2022H1"}), follow=True)
    assert "会議に報告します" in page.content.decode()
    assert Change.objects.get().is_major
    reader.reads_what_stands()
    before = Snapshot.objects.get(measure_key="03").digest

    # the council: pack as page and PDF, a decision with its due date
    call = {"title": "第1回ICT戦略会議", "period": "2020H1", **day("held_on", 2, 12, 15)}
    assert secretary.post("/plan/council/call/", call).status_code == 302
    meeting = Meeting.objects.get()
    pages = council.get(f"/plan/council/{meeting.pk}/").content.decode()
    assert "図書館のセルフ貸出：計画の大きな変更" in pages
    assert "読みやすい広報" in pages
    answer = council.get(f"/plan/council/{meeting.pk}/pack.pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert Baseline.objects.get(measure_key="04").digest in re.sub(r"\s", "", text)
    decided = {"measure": "04", "text": "次の期までに機器を決める", **day("due_on", 3, 3, 31)}
    secretary.post(f"/plan/council/{meeting.pk}/decisions/", decided)
    assert council.post(f"/plan/council/{meeting.pk}/decisions/", decided).status_code == 403
    decision = Decision.objects.get()
    follow_up = f"/plan/decisions/{decision.pk}/"
    assert "終わったときの経過は、施策のページに公開します" in leads["library"].get(follow_up).content.decode()
    leads["library"].post(follow_up, {"text": "機器を決めた", "done": "1"})
    reader.reads_what_stands()
    decision.refresh_from_db()
    assert str(decision.done_on) == "2020-12-01"
    assert "機器を決めた" in Client().get("/plan/measures/04/").content.decode()

    # a year later: the next periods, a completed measure, its evaluation
    at("2021-10-20")
    for half in ("2020H2", "2021H1"):
        call_command("plan", "open", "--half", half)
    assert (
        "提出しました"
        in on_line(
            leads["welfare"],
            "2021H1",
            "03",
            {"2": ("2020-10-05", "2021-05-10"), "3": ("2021-06-01", "2021-09-01")},
            **{
                "2.reason": "機器の納期",
                "2.reason:seen": token(""),
                "3.reason": "早く始めた",
                "3.reason:seen": token(""),
            },
        ).content.decode()
    )
    lead = leads["welfare"]
    lead.post("/plan/evaluations/03/start/")
    lead.post("/plan/evaluations/03/cost/", {"thousand_yen": "3200", "source": "決算"})
    lead.post(
        "/plan/evaluations/03/owner/", {"schedule": "A", "effect": "", "cost": "A", "reason": "利用者に影響はない"}
    )
    office.post("/plan/evaluations/03/office/", {"schedule": "A", "effect": "", "cost": "B", "reason": ""})
    reader = Reader()
    office.post("/plan/evaluations/03/confirm/")
    reader.reads_what_stands()
    found = Evaluation.objects.get()
    assert found.frozen["grades"]["rule"] == {"schedule": "A", "effect": "", "cost": "B"}  # 3,200 of 3,000: 6.7 % more
    assert found.frozen["disagreements"] == ["cost"]
    public = Client().get("/plan/measures/03/").content.decode()
    assert "評価" in public
    assert "食い違い" in public

    # and the past is as it was
    past = Snapshot.objects.get(period__half="2020H1", measure_key="03")
    assert past.digest == before
    assert past.body["standing"]["progress"] == {"done": 1, "due": 1, "total": 3}
    old = council.get("/plan/reports/2020H1/03/").content.decode()
    assert "1／3工程" in old


def submit_what_excel_brought(leads):
    for section, (key, _facts) in BY_EXCEL.items():
        answer = leads[section].post(f"/plan/reports/2020H1/{key}/", {"submit": "1"}, follow=True)
        assert "提出しました。" in answer.content.decode(), section


def later(client, key, moved):
    """The form of a change as the page gives it, with some fields moved."""
    page = client.get(f"/plan/changes/{key}/")
    form = page.context["form"]
    data = {name: found.initial for name, found in form.fields.items() if found.initial}
    return {**data, **moved, "reason": "機器の供給が遅れている"}


def day(name, year, month, number):
    return {f"{name}_era": "令和", f"{name}_year": year, f"{name}_month": month, f"{name}_day": number}
