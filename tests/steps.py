"""What people do in the browser, said once."""

import re
from datetime import UTC, datetime
from urllib.parse import quote

from playwright.sync_api import Page, expect

from madoguchi.lib.totp import code_at
from madoguchi.project.management.commands.demo import PASSWORD, TOTP_SECRET

RECEIPT = re.compile(r"[A-Z]\d+-\d{6}-\d")


def sign_in(page: Page, person: str, *, card: bool = True) -> None:
    """On the rehearsal provider's page: choose the person and the way, type the PIN."""
    page.get_by_role("radio", name=re.compile(person)).check()
    if not card:
        page.get_by_role("radio", name=re.compile("スマートフォン")).check()
    page.get_by_role("textbox").fill("1234")
    page.get_by_role("button", name=re.compile("本人確認をする")).click()


_signed_in: dict[tuple[str, str], list] = {}  # cookies of staff who signed in already, by site and number


def staff_sign_in(page: Page, url: str, username: str) -> None:
    """Password, then the code of the rehearsal authenticator.

    A code counts once a person, so a second browser of the same person takes over the session of the first.
    """
    page.context.add_cookies(_signed_in.get((url, username), []))
    page.goto(f"{url}/staff/")
    if "/accounts/staff/" in page.url:
        page.get_by_label("職員番号").fill(username)
        page.get_by_label("パスワード").fill(PASSWORD)
        page.get_by_role("button", name="職員としてサインインする").click()
        page.get_by_label(re.compile("認証アプリの6けたのコード")).fill(code_at(TOTP_SECRET, datetime.now(UTC)))
        page.get_by_role("button", name="コードを送ってサインインする").click()
    expect(page.get_by_role("heading", name="職員の机")).to_be_visible()
    _signed_in[url, username] = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]


def approve(staff: Page, url: str, number: str, *, found_by: str) -> None:
    """From the search of the desk to the decision."""
    staff.goto(f"{url}/procedures/desk/?q={quote(found_by)}")
    staff.get_by_role("link", name=number).first.click()
    staff.get_by_role("link", name="承認へ進む", exact=True).click()
    staff.get_by_role("button", name="承認して通知を送る", exact=True).click()
    expect(staff.locator("main")).to_contain_text("承認")


def next_page(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^次へ")).click()


def fill_resident_record(page: Page, email: str) -> None:
    """The three pages of the copy of the resident record, from the first one."""
    page.get_by_role("radio", name="世帯全員").check()
    next_page(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("載せる項目と使いみち")
    page.get_by_label("通数").fill("2")
    page.get_by_role("radio", name=re.compile("勤め先や学校")).check()
    next_page(page)
    page.get_by_role("radio", name=re.compile("住民登録の住所")).check()
    page.get_by_label("電話番号").fill("03-0000-0000")
    page.get_by_label("メールアドレス").fill(email)
    next_page(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("この内容で手続します")


def submit(page: Page) -> str:
    """Tick, send; the receipt number."""
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name=re.compile("この内容で送る")).click()
    expect(page.get_by_text("受け付けました", exact=True)).to_be_visible()
    found = RECEIPT.search(page.inner_text("main"))
    assert found, "no receipt number on the page"
    return found[0]
