"""A half-year of the plan in a real browser: reported, asked, fixed, changed, decided, evaluated, and public."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.steps import staff_sign_in

pytestmark = pytest.mark.browser
# the example city: 03 is led by welfare and goes on line, 06 by childcare and goes by Excel
ON_LINE, BY_EXCEL = "健診の予約", "保育の申込み"
REASON = "機器の供給が遅れている"
DECISION = "次の期までに機器を決める"


def report(page: Page, facts: dict[str, str]) -> None:
    """Fill the fields of an open 進捗管理表 by their labels and hand it in."""
    for label, text in facts.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="保存して提出する").click()
    expect(page.locator("main")).to_contain_text("提出しました")


def filled(content: bytes, sheet: str, facts: dict[str, tuple[str, str]]) -> bytes:
    """The workbook with the days a step began and ended."""
    book = load_workbook(io.BytesIO(content))
    for row in book[sheet].iter_rows(min_row=6):
        if row[0].value in facts:
            row[4].value, row[5].value = (date.fromisoformat(day) for day in facts[row[0].value])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def fill_day(page: Page, name: str, year: int, month: int, day: int) -> None:
    """The boxes of a Japanese date of this era."""
    page.locator(f"[name={name}_era]").select_option("令和")
    for part, number in (("year", year), ("month", month), ("day", day)):
        page.locator(f"[name={name}_{part}]").fill(str(number))


def fixed(page: Page, url: str) -> dict[str, str]:
    """The digests of what was fixed for the first half-year, as everyone gets them."""
    items = page.request.get(f"{url}/api/v1/plan/events").json()["items"]
    return {item["measure"]: item["digest"] for item in items if item["kind"] == "fixed" and item["half"] == "2020H1"}


def test_a_half_year_from_the_first_report_to_the_evaluation(installation, person_page):
    url = installation.url
    desks = {}
    for name, username in {
        "welfare": "demo-shukan",
        "childcare": "demo-kodomo",
        "office": "demo-joho",
        "secretary": "demo-jimukyoku",
    }.items():
        desks[name] = person_page()
        staff_sign_in(desks[name], url, username)
    welfare, childcare, office, secretary = desks.values()
    public = person_page(width=390)

    # it opens; one section reports on line
    installation.command("plan", "open", "--half", "2020H1")
    welfare.goto(f"{url}/plan/reports/2020H1/")
    welfare.get_by_role("link", name=ON_LINE).click()
    report(welfare, {"設計 着手日": "2020-04-10", "設計 完了日": "2020-09-20"})

    # another by Excel: a damaged file changes nothing, the whole one shows what it would change
    childcare.goto(f"{url}/plan/reports/2020H1/")
    with childcare.expect_download() as download:
        childcare.get_by_role("link", name=re.compile("Excelで受け取る")).click()
    content = filled(download.value.path().read_bytes(), "施策6", {"1": ("2020-04-15", "2020-08-31")})
    childcare.get_by_role("link", name="記入したExcelを取り込む").click()
    for name, sent in (("こわれた表.xlsx", content[:2000]), ("表.xlsx", content)):
        upload = {"name": name, "mimeType": "application/octet-stream", "buffer": sent}
        childcare.locator("input[type=file]").set_input_files(upload)
        childcare.get_by_role("button", name="違いを見る").click()
        if sent != content:
            expect(childcare.get_by_role("alert")).to_contain_text("このファイルを開けません")
    expect(childcare.locator("main")).to_contain_text("2か所が変わります")
    childcare.get_by_role("button", name="この違いを取り込む").click()
    childcare.goto(f"{url}/plan/reports/2020H1/06/")
    report(childcare, {})

    # a question, its answer, and both are confirmed and fixed
    office.goto(f"{url}/plan/reports/2020H1/03/")
    office.get_by_label("質問", exact=True).fill("設計書はどこにありますか。")
    office.get_by_role("button", name="質問を付けて差し戻す").click()
    welfare.goto(f"{url}/plan/reports/2020H1/03/")
    expect(welfare.locator("main")).to_contain_text("設計書はどこにありますか。")
    welfare.get_by_label("意見・回答").fill("文書管理にあります。")
    welfare.get_by_role("button", name="書く", exact=True).click()
    report(welfare, {})
    for key in ("03", "06"):
        office.goto(f"{url}/plan/reports/2020H1/{key}/")
        office.get_by_role("button", name="確認する", exact=True).click()
        expect(office.locator("main")).to_contain_text("確認済み")
    installation.command("plan", "close", "--half", "2020H1")
    before = fixed(public, url)
    assert set(before) == {"03", "06"}

    # a major change waits for the council by itself
    childcare.goto(f"{url}/plan/changes/06/")
    childcare.get_by_label("構築 終わり").select_option("2022H2")  # two half-years later: major by the rulebook
    childcare.get_by_label("変更の理由").fill(REASON)
    childcare.get_by_role("button", name="この内容で変更する").click()
    expect(childcare.locator("main")).to_contain_text("会議に報告します")

    # the council: agenda, pack, decision
    secretary.goto(f"{url}/plan/council/call/")
    secretary.get_by_label("会議の名前").fill("第1回ICT戦略会議")
    fill_day(secretary, "held_on", 8, 12, 15)
    secretary.get_by_label("報告の期").select_option("2020H1")
    secretary.get_by_role("button", name="用意して議題を集める").click()
    expect(secretary.locator("main")).to_contain_text(f"{BY_EXCEL}：計画の大きな変更")
    pack = secretary.request.get(secretary.url + "pack.pdf")
    assert REASON in "".join(page.extract_text() for page in PdfReader(io.BytesIO(pack.body())).pages)
    secretary.locator("select[name=measure]").select_option("06")
    secretary.get_by_label("決定の内容").fill(DECISION)
    secretary.get_by_role("button", name="決定を記録する").click()
    expect(secretary.locator("main")).to_contain_text(DECISION)

    # a year of the plan later everything of 03 is done, and it is evaluated from both sides
    installation.command("plan", "open", "--half", "2021H1")
    welfare.goto(f"{url}/plan/reports/2021H1/03/")
    report(
        welfare,
        {
            "構築 着手日": "2020-10-05",
            "構築 完了日": "2021-05-10",
            "構築 計画との差の理由": "機器の納期",
            "運用 着手日": "2021-06-01",
            "運用 完了日": "2021-09-01",
            "運用 計画との差の理由": "早く始めた",
        },
    )
    welfare.goto(f"{url}/plan/evaluations/03/")
    welfare.get_by_role("button", name="評価を始める").click()
    welfare.get_by_label("実績額（千円）").fill("3200")
    welfare.get_by_label("出典").fill("決算")
    welfare.get_by_role("button", name="実績額を記録する").click()
    for page in (welfare, office):
        page.goto(f"{url}/plan/evaluations/03/")
        page.get_by_role("button", name="判定を記録する").click()
    office.get_by_role("button", name="評価を確定する").click()
    expect(office.locator("main")).to_contain_text("評価は確定しました")

    # everyone reads what came of it, and the first half-year is as it was fixed
    public.goto(f"{url}/plan/measures/03/")
    costs = public.get_by_role("region", name="終わったあとの評価").locator("tr", has_text="費用")
    expect(costs).to_contain_text("B　おおむね計画どおり")  # 3,200 of 3,000 thousand yen: 6.7 % more
    public.goto(f"{url}/plan/measures/06/")
    expect(public.locator("main")).to_contain_text(DECISION)
    expect(public.locator("main")).to_contain_text(REASON)
    assert fixed(public, url) == before
    office.goto(f"{url}/plan/reports/2020H1/03/")
    expect(office.locator("main")).to_contain_text("1／3工程 完了")
