"""The search of the front page by keyboard: a suggestion leads to its procedure; without script the box searches."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.accessibility.test_keyboard import show  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("example_city")]
PROCEDURE = "/procedures/resident-record-copy/"


def test_a_suggestion_is_announced_and_leads_to_its_procedure(show):  # noqa: F811
    page = show("/", f"/search/suggestions/?q={quote('じゅうみ')}", PROCEDURE)
    page.get_by_role("combobox").fill("じゅうみ")
    expect(page.get_by_role("option", name="住民票の写しの交付請求")).to_be_visible()
    expect(page.get_by_text(re.compile("候補が[0-9]+件あります"))).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("住民票の写しの交付請求")


def test_without_a_chosen_suggestion_enter_searches(show):  # noqa: F811
    page = show("/", f"/search/suggestions/?q={quote('ごみ')}", f"/search/?q={quote('ごみ')}")
    page.get_by_role("combobox").fill("ごみ")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile("「ごみ」で[0-9]+件見つかりました"))


def test_without_script_the_box_searches(show):  # noqa: F811
    page = show("/", f"/search/?q={quote('ごみ')}", javascript=False)
    page.get_by_role("searchbox").fill("ごみ")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("ごみ")
    expect(page.get_by_role("status").first).to_contain_text("見つかりました")
