"""An address is suggested as the register writes it; nobody is made to take it."""

import pytest

from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.services.procedures.testing import COPY_ANSWERS, make_draft

pytestmark = pytest.mark.usefixtures("example_city")
TYPED = "例示市見本町１－２－３ 見本荘101"
REGISTER = "架空県例示市見本町一丁目2番3号 見本荘101"
ANSWERS = {
    **COPY_ANSWERS["whose"],
    "asked": "name address birthdate whose",
    "birthdate_era": "ad",
    "birthdate_year": "1992",
    "birthdate_month": "4",
    "birthdate_day": "15",
}


@pytest.fixture
def page(resident):
    case = make_draft(resident)
    return case, signed_in(resident), f"/procedures/cases/{case.uid}/pages/whose/"


def address_of(case) -> str:
    case.refresh_from_db()
    return case.answers["address"]


def test_what_was_typed_is_kept_and_the_check_page_says_how_the_register_writes_it(page):
    case, browser, address = page
    assert browser.post(address, {**ANSWERS, "address": TYPED}).status_code == 302
    assert address_of(case) == TYPED
    assert f"登録の書き方では「{REGISTER}」です" in browser.get(f"/procedures/cases/{case.uid}/check/").content.decode()


def test_the_suggestion_stands_beside_the_box_and_one_press_takes_it(page):
    case, browser, address = page
    browser.post(address, {**ANSWERS, "address": TYPED})
    shown = browser.get(address).content.decode()
    assert f'value="{TYPED}"' in shown
    assert f"登録の書き方では「{REGISTER}」です" in shown
    taken = browser.post(address, {**ANSWERS, "address": TYPED, "use": "address"})
    assert f'value="{REGISTER}"' in taken.content.decode()
    assert "登録の書き方では" not in taken.content.decode()
    assert address_of(case) == TYPED  # until the page is sent
    browser.post(address, {**ANSWERS, "address": REGISTER})
    assert address_of(case) == REGISTER


@pytest.mark.parametrize("elsewhere", [REGISTER, "東京都千代田区千代田1-1", "", "見本町"])
def test_there_is_none_where_nothing_is_to_be_said(page, elsewhere):
    _case, browser, address = page
    browser.post(address, {**ANSWERS, "address": elsewhere})
    assert "登録の書き方では" not in browser.get(address).content.decode()
