"""The staff door in a real browser: code, passkey, shared terminal."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from madoguchi.lib.totp import code_at
from madoguchi.project.management.commands.demo import PASSWORD, TOTP_SECRET
from tests.steps import sign_in

pytestmark = pytest.mark.browser
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def give_passkey_device(page: Page) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def test_a_passkey_is_registered_and_then_opens_the_door_alone(installation, person_page):
    page = person_page()
    give_passkey_device(page)
    page.goto(f"{installation.url}/accounts/staff/")
    page.get_by_label("職員番号").fill("demo-joho")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="職員としてサインインする").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("二つめの確認")
    assert page.goto(f"{installation.url}/staff/").url.startswith(f"{installation.url}/accounts/staff/")
    page.goto(f"{installation.url}/accounts/staff/second/")
    page.get_by_label(re.compile("6けたのコード")).fill(code_at(TOTP_SECRET, datetime.now(UTC)))
    page.get_by_role("button", name="コードを送ってサインインする").click()
    page.get_by_role("link", name=re.compile("サインインの方法")).click()
    page.get_by_role("link", name="認証手段を加える").click()
    page.get_by_role("button", name="この端末にパスキーを作る").click()
    expect(page.locator("main")).to_contain_text("パスキー（Chrome / Linux）")

    page.get_by_role("button", name="サインアウト").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("サインアウトしました")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("職員のサインイン")
    page.get_by_role("button", name="パスキーでサインインする").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("サインインの方法")  # where "back" wanted to go


def test_a_shared_terminal_shows_nothing_after_signing_out(installation, person_page):
    page = person_page()
    page.goto(f"{installation.url}/accounts/sign-in/")
    page.get_by_label("ほかの人も使う端末です").check()
    page.get_by_role("button", name=re.compile("本人確認をはじめる")).click()
    sign_in(page, "窓口 花子")
    expect(page.get_by_role("heading", level=1)).to_contain_text("窓口 花子さん")
    assert [cookie["expires"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"] == [-1]
    page.get_by_role("link", name="サインイン中の端末").click()
    expect(page.locator("main")).to_contain_text("（ほかの人も使う端末）")
    page.goto(f"{installation.url}/my/")
    page.get_by_role("button", name="サインアウト").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("サインアウトしました")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("花子")
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"] == []
