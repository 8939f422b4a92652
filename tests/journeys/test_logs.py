"""The whole journey of a fictional person leaves nothing about that person in the logs of a real installation."""

import json
import re
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import expect

from tests.conftest import ROOT
from tests.steps import approve, fill_resident_record, next_page, sign_in, staff_sign_in, submit

pytestmark = pytest.mark.browser
PERSON = "SAMPLE ANNA MARIA"
EMAIL = "anna.maria@example.jp"
PHONE = "03-0000-0000"


def facts() -> set[str]:
    """Everything that tells of the person, as it is written in pages, forms and protocols."""
    people = yaml.safe_load((ROOT / "cities/example/demo/people.yaml").read_text(encoding="utf-8"))["people"]
    person = next(entry for entry in people if entry["name"] == PERSON)
    written = {PERSON, "ANNA", person["address"], "四丁目9番10号", person["birthdate"], "1998-12-31", EMAIL, PHONE}
    return {form for fact in written for form in (fact, quote(fact), json.dumps(fact)[1:-1], fact.lower())}


def test_no_fact_of_a_person_is_found_in_the_logs_after_the_whole_journey(installation, person_page):
    page = person_page()
    page.goto(f"{installation.url}/search/?q={quote(PERSON)}")  # typed into a search, into an address,
    page.goto(f"{installation.url}/{quote(PERSON)}/")
    staff = person_page()
    staff.goto(f"{installation.url}/accounts/staff/")  # and where a staff number belongs
    staff.get_by_label("職員番号").fill(EMAIL)
    staff.get_by_label("パスワード").fill(PERSON)
    staff.get_by_role("button", name="職員としてサインインする").click()
    expect(staff.get_by_role("alert")).to_be_visible()

    page.goto(f"{installation.url}/procedures/resident-record-copy/start/")
    page.get_by_role("button", name=re.compile("本人確認をはじめる")).click()
    sign_in(page, PERSON)
    next_page(page)  # refused, with what was typed
    fill_resident_record(page, EMAIL)
    number = submit(page)
    staff_sign_in(staff, installation.url, "demo-shimin")
    approve(staff, installation.url, number, found_by=PERSON)
    page.goto(f"{installation.url}/my/")
    expect(page.locator("main")).to_contain_text("住民票の写し")

    log = (installation.var / "up.log").read_text(encoding="utf-8")
    routes = {line["route"] for line in requests_in(log)}
    assert {"portal:search", "accounts:finish", "procedures:check", "procedures:approve", "portal:my_page"} <= routes
    assert [fact for fact in facts() if fact in log] == []
    assert number not in log


def requests_in(log: str) -> list[dict]:
    found = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return [line for line in found if line["logger"] == "madoguchi.request"]
