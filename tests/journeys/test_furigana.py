"""A reader without script switches readings on, walks on with them, and switches them off."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_readings_are_switched_on_and_off_without_script(installation, person_page):
    page = person_page(javascript=False)
    page.goto(f"{installation.url}/plan/")
    page.locator("details.lang summary").click()
    page.get_by_role("link", name="ふりがなを付ける").click()
    expect(page).to_have_url(f"{installation.url}/plan/")
    expect(page.locator("h1 rt").first).to_be_visible()
    page.goto(f"{installation.url}/directory/")
    expect(page.locator("h1 rt")).to_have_text("てつづき")
    page.locator("details.lang summary").click()
    page.locator("details.lang a[href*='/furigana/off/']").click()
    expect(page.locator("h1")).to_have_text("手続をさがす")
