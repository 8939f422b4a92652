"""axe finds nothing in the states people walk through: a case from draft to correction, a desk from list to decision.

The pages of the route list are looked at in test_pages.py.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.steps import fill_resident_record, next_page, sign_in, staff_sign_in, submit

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
STAFF = [
    "/accounts/factors/",
    "/accounts/factors/add/",
    "/accounts/factors/codes/",
    "/accounts/password/",
    "/accounts/sessions/",
    "/accounts/staff/prove/",
    "/accounts/rights/",
]
ADMINISTRATION = [
    "/accounts/people/",
    "/accounts/people/invite/",
    "/accounts/reorganisations/",
    "/accounts/reorganisations/plan/",
]


def check(page: Page) -> None:
    """No violation, and no sideways scrolling. The page runs axe only here, so the site's policy stays strict."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
        ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 200))]))",
        RULES,
    )
    assert found == [], f"{page.url}\n{json.dumps(found, ensure_ascii=False, indent=1)}"
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{page.url} is {width} px too wide"


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_a_resident_and_of_the_desk(installation, person_page, width):
    page = person_page(width=width)
    page.goto(f"{installation.url}/procedures/resident-record-copy/start/")
    page.get_by_role("button", name=re.compile("本人確認をはじめる")).click()
    check(page)  # the stand-in provider, too
    sign_in(page, "見本 うめ" if width == 360 else "SAMPLE ANNA")
    check(page)
    next_page(page)
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    fill_resident_record(page, "ume@example.jp")
    check(page)
    number = submit(page)
    check(page)
    address = page.url
    page.goto(address + "withdraw/")
    check(page)
    for path in ("/my/", "/my/email/", "/my/looks/", "/accounts/sessions/"):
        page.goto(installation.url + path)
        check(page)
    page.goto(f"{installation.url}/procedures/child-allowance-claim/start/")
    check(page)

    staff = person_page(width=width)
    staff_sign_in(staff, installation.url, "demo-shimin")
    check(staff)
    for path in STAFF:
        staff.goto(installation.url + path)
        check(staff)
    staff.goto(installation.url + "/procedures/desk/")
    check(staff)
    staff.get_by_role("row").filter(has_text=number).get_by_role("link").click()
    check(staff)
    case = staff.url
    for act in ("correct/", "approve/", "refuse/"):
        staff.goto(case + act)
        check(staff)
    staff.goto(case + "correct/")
    staff.get_by_role("radio", name="通数").check()
    staff.get_by_label("申請した方への説明").fill("確かめてください。")
    staff.get_by_role("button", name="この説明で補正をお願いする").click()
    check(staff)
    page.goto(address)
    check(page)
    page.goto(address + "correct/")
    check(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_the_administrator(installation, person_page, width):
    page = person_page(width=width)
    staff_sign_in(page, installation.url, "demo-jinji")
    for path in ADMINISTRATION:
        page.goto(installation.url + path)
        check(page)
    page.goto(installation.url + ADMINISTRATION[0])
    page.get_by_role("link", name=re.compile("demo-kodomo")).click()
    check(page)
    page.get_by_role("link", name=re.compile("終わりの日を決める")).first.click()
    check(page)
