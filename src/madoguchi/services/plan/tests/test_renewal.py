"""The renewal of systems: rules of 表1, dates that come, moved dates, the table that comes back, the calendar."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.citydata.public import record
from madoguchi.kernel.citydata.testing import revise
from madoguchi.lib.expressions import Expression
from madoguchi.services.plan import system_table
from madoguchi.services.plan.pack import RenewalRule, System
from madoguchi.services.plan.rules import renewal
from madoguchi.services.plan.screens import renewal as renewal_screens
from madoguchi.ui.words import LocalText

# The oddities and extensions of 表1, read off its printed months
PRINTED_EXCEPTIONS = {
    "study-before-procurement": set(),
    "procurement-before-start": set(),
    "study-before-end": {4, 34},
    "next-after-end": {1, 21, 29},
    "no-gap": {2, 3, 4, 14, 18, 34, 36},
}


@pytest.fixture
def table(published):
    systems = sorted(published("plan.system"), key=lambda system: system.number)
    return systems, published("plan.renewal_rule"), published("plan.outline")[0]


def test_the_forty_rows_keep_the_rules_but_for_the_plans_own_exceptions(table):
    systems, rules, plan = table
    found = renewal.check(systems, rules, plan)
    by_rule = {
        rule.key: {
            system.number
            for system in systems
            for verdict in found[system.key]
            if verdict.rule == rule and verdict.outcome == "exception"
        }
        for rule in rules
    }
    assert by_rule == PRINTED_EXCEPTIONS
    assert not [verdict for verdicts in found.values() for verdict in verdicts if verdict.outcome == "broken"]


def test_an_exception_covers_its_own_rule_only(table):
    """Procured in 2019, before its study begins and long before its start, system 21 breaks both rules."""
    systems, rules, plan = table
    moved = [
        system.model_copy(update={"procurement_fy": 2019}) if system.number == 21 else system for system in systems
    ]
    found = renewal.changes(systems, renewal.check(systems, rules, plan), renewal.check(moved, rules, plan))
    assert {(change.system.number, change.rule.key, change.before, change.after) for change in found} == {
        (21, "study-before-procurement", "kept", "broken"),
        (21, "procurement-before-start", "kept", "broken"),
    }


def system(number: int, **values) -> System:
    plain = {
        "name": f"見本{number}",
        "section": "planning",
        "current_end": "2024-03",
        "study_start": "2022-04",
        "procurement_fy": 2023,
        "next_start": "2024-04",
        "source": "-",
    }
    return System(key=str(number), number=number, **{**plain, **values})


def rule(holds: str) -> RenewalRule:
    return RenewalRule(key="r", text=LocalText(ja="決まり"), holds=Expression(holds), source="-")


def outcomes(systems, holds, table):
    return {key: verdicts[0].outcome for key, verdicts in renewal.check(systems, [rule(holds)], table[2]).items()}


def test_moving_one_system_breaks_another_that_needs_it(table):
    platform, tenant = system(1), system(2, needs=("1",))
    holds = "next_start >= needs_start"
    assert outcomes([platform, tenant], holds, table) == {"1": "kept", "2": "kept"}
    later = platform.model_copy(update={"next_start": "2024-05"})
    assert outcomes([later, tenant], holds, table) == {"1": "kept", "2": "broken"}


def test_a_city_may_limit_how_many_systems_a_section_procures_in_a_year(table):
    crowd = [system(1), system(2), system(3, section="citizens"), system(4, procurement_fy=2024)]
    found = outcomes(crowd, "same_section_procurements <= 1", table)
    assert found == {"1": "broken", "2": "broken", "3": "kept", "4": "kept"}


def test_a_rule_over_an_unknown_name_is_refused():
    with pytest.raises(ValueError, match="next_stop"):
        rule("next_stop > 1")


@pytest.mark.parametrize(
    ("today", "left", "band"),
    [
        (date(2023, 2, 28), None, None),  # thirteen months before April 2024
        (date(2023, 4, 1), 12, 12),
        (date(2023, 9, 30), 7, 12),
        (date(2023, 10, 1), 6, 6),
        (date(2024, 1, 31), 3, 3),
        (date(2024, 4, 30), 0, 3),
        (date(2024, 5, 1), None, None),
    ],
)
def test_a_date_is_announced_one_year_six_and_three_months_ahead(today, left, band):
    found = [item for item in renewal.due([system(1)], today, (12, 6, 3)) if item.milestone == "next_start"]
    assert [(item.months_left, item.band) for item in found] == ([] if left is None else [(left, band)])


def test_the_load_is_that_of_table_1(table):
    """R1 2, R2 5, R3 9, R4 5, R5 11, R6 8 procurements; R2 6, R3 6, R4 9, R5 9, R6 10 starts; 13 of the ICT section."""
    years, load = renewal.load(table[0])
    procured = {year: sum(row.procurements[place] for row in load) for place, year in enumerate(years)}
    started = {year: sum(row.starts[place] for row in load) for place, year in enumerate(years)}
    assert {year: count for year, count in procured.items() if count} == {
        2019: 2, 2020: 5, 2021: 9, 2022: 5, 2023: 11, 2024: 8,
    }  # fmt: skip
    assert {year: count for year, count in started.items() if count} == {2020: 6, 2021: 6, 2022: 9, 2023: 9, 2024: 10}
    assert len(load) == 22
    assert max(sum(row.starts) for row in load) == 13


HEAD = ",".join(system_table.COLUMNS) + "\n"
ROW = "1,見本1,企画課,2024-03,2022-04,2023,2024-04,,,-\n"
SECTIONS = {"企画課": "planning", "市民課": "citizens"}


def read(text: str, *present: System, encoding: str = "utf-8-sig") -> system_table.Reading:
    return system_table.read(text.encode(encoding), present=present or [system(1)], sections=SECTIONS)


@pytest.mark.parametrize("month", ["2024-03", "2024/3", "2024/03/01", "２０２４－０３", "2024年3月"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
def test_what_spreadsheets_make_of_a_month_is_understood(month, encoding):
    if encoding == "cp932":
        month = month.replace("－", "-")
    reading = read(HEAD + ROW.replace("2024-03", month), encoding=encoding)
    assert (reading.refused, reading.changed) == ([], [])


def test_a_changed_cell_is_shown_with_before_and_after():
    reading = read(HEAD + ROW.replace("2024-04", "2025-04").replace("企画課", "市民課"))
    assert [(item.column, item.before, item.after) for item in reading.differences] == [
        ("主管課", "企画課", "市民課"),
        ("次期システム運用開始", "2024-04", "2025-04"),
    ]


@pytest.mark.parametrize(
    ("cell", "wrong", "column", "words"),
    [
        ("2024-03", "Mar-24", "現行システム運用終了", "2021-07のように"),
        ("2024-03", "2024-13", "現行システム運用終了", "範囲と形"),
        ("2024-03", "", "現行システム運用終了", "2021-07のように"),
        ("2023", "R5", "次期システム調達年度", "数字だけ"),
        ("2023", "20230", "次期システム調達年度", "範囲と形"),
        ("企画課", "企画係", "主管課", "という課はありません"),
        ("見本1", "", "システム名", "名前を書いて"),
        (",,,-", ",99,,-", "先に必要なシステム", "番号99"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(cell, wrong, column, words):
    reading = read(HEAD + ROW.replace(cell, wrong, 1))
    assert [(item.line, item.column) for item in reading.refused] == [(2, column)]
    assert words in reading.refused[0].why
    assert reading.changed == []


@pytest.mark.parametrize("text", ["", "番号,名前\n1,x\n", "\x00\x01", HEAD + ROW + ROW])
def test_a_file_that_is_no_table_or_says_a_number_twice_is_refused(text):
    assert read(text).refused


def test_bytes_that_are_no_text_are_refused():
    reading = system_table.read(b"\xff\xfe\x00\x81", present=[system(1)], sections=SECTIONS)
    assert "文字を読み取れません" in reading.refused[0].why


def test_a_new_number_is_a_new_system_and_an_absent_one_stays():
    reading = read(HEAD + ROW.replace("1,見本1", "7,見本7"))
    assert [found.key for found in reading.changed] == ["07"]
    assert [found.number for found in reading.absent] == [1]


@pytest.mark.usefixtures("reference_city")
def test_the_exported_table_comes_back_without_a_difference(client):
    reading = renewal_screens.read_table(client.get("/plan/systems.csv").content)
    assert (reading.refused, reading.changed, reading.absent) == ([], [], [])


def test_a_name_like_a_formula_goes_out_harmless_and_comes_back_as_it_was(planner, client, staff_clerk):
    named = record("plan.system", "01").model_copy(update={"name": "=1+1"})
    revise("plan.system", "01", named, actor=staff_clerk)
    exported = client.get("/plan/systems.csv").content
    assert b",'=1+1," in exported
    assert renewal_screens.read_table(exported).differences == []


@pytest.mark.usefixtures("reference_city")
def test_another_program_reads_the_calendar(client):
    from icalendar import Calendar

    answer = client.get("/plan/systems.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == 4 * 40
    (start,) = [event for event in events if str(event["uid"]).startswith("plan-system-39-next_start@")]
    assert start.decoded("dtstart") == date(2021, 1, 1)  # 図書館情報システム, 令和3年1月
    assert client.get("/plan/systems.ics?section=nowhere").content.count(b"BEGIN:VEVENT") == 0


@pytest.fixture
def planner(example_city):
    return signed_in(make_staff("planning", "planner"))


def chosen(text: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {"table": SimpleUploadedFile("systems.csv", text.encode("utf-8-sig"))}


def test_a_table_is_shown_then_taken_and_the_old_revision_stays(planner, client):
    exported = client.get("/plan/systems.csv").content.decode("utf-8-sig")
    page = planner.post("/plan/systems/take/", chosen(exported.replace("2023-01", "2023-04"))).content.decode()
    assert "1件のシステムが変わります" in page
    assert record("plan.system", "02").next_start == "2023-01"
    payload = re.search(r'name="payload" value="([^"]+)"', page)[1]
    assert planner.post("/plan/systems/take/confirm/", {"payload": payload})["Location"] == "/plan/systems/desk/"
    assert record("plan.system", "02").next_start == "2023-04"
    again = planner.post("/plan/systems/take/confirm/", {"payload": payload}, follow=True).content.decode()
    assert "ほかの人が表を変えました" in again


def test_a_table_that_moved_on_is_not_overwritten(planner, client, staff_clerk):
    exported = client.get("/plan/systems.csv").content.decode("utf-8-sig")
    page = planner.post("/plan/systems/take/", chosen(exported.replace("2023-01", "2023-04"))).content.decode()
    payload = re.search(r'name="payload" value="([^"]+)"', page)[1]
    mine = record("plan.system", "01").model_copy(update={"next_start": "2022-10"})
    revise("plan.system", "01", mine, actor=staff_clerk)
    planner.post("/plan/systems/take/confirm/", {"payload": payload})
    assert record("plan.system", "02").next_start == "2023-01"


@pytest.mark.parametrize("payload", ["", "nonsense", "eyJ9:xx:yy"])
def test_a_forged_confirmation_takes_nothing(planner, payload):
    answer = planner.post("/plan/systems/take/confirm/", {"payload": payload}, follow=True)
    assert "もう一度ファイルを選んで" in answer.content.decode()


def test_what_if_names_the_rule_that_breaks_and_saves_nothing(planner):
    address = "/plan/systems/what-if/?system=02&milestone=study_start&moved_to=2023-04"
    page = planner.get(address).content.decode()
    assert "検討は、調達する年度までに始める" in page
    assert "守られない" in page
    assert record("plan.system", "02").study_start == "2020-12"
    assert planner.get(address.replace("2023-04", "2023")).status_code == 400
    assert planner.get(address.replace("02", "99")).status_code == 400


def test_each_section_sees_its_own_systems_and_only_the_plan_office_changes_them(
    planner, staff_clerk, resident, client
):
    office, clerk = planner, signed_in(staff_clerk)
    assert "見本台帳" in clerk.get("/plan/systems/desk/?on=2022-04").content.decode()
    assert "見本管理" not in clerk.get("/plan/systems/desk/?on=2022-04").content.decode()
    assert "見本管理" in office.get("/plan/systems/desk/?on=2022-04").content.decode()
    assert clerk.get("/plan/systems/take/").status_code == 403
    assert clerk.post("/plan/systems/take/confirm/").status_code == 403
    for page in ("desk", "what-if", "take"):
        assert signed_in(resident).get(f"/plan/systems/{page}/").status_code == 403
        assert client.get(f"/plan/systems/{page}/").status_code == 302


def test_the_desk_costs_the_same_queries_for_any_number_of_systems(planner, staff_clerk):
    def queries() -> int:
        planner.get("/plan/systems/desk/?on=2023-04")  # pack bodies are parsed once
        with CaptureQueriesContext(connection) as captured:
            planner.get("/plan/systems/desk/?on=2023-04")
        return len(captured)

    few = queries()
    for number in range(3, 40):
        revise("plan.system", f"{number:02}", system(number), actor=staff_clerk)
    assert queries() == few
