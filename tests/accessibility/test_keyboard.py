"""By keyboard alone, without script, and what is announced: the parts that script adds to, and those it does not."""

import re

import pytest
from playwright.sync_api import expect

from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.services.procedures.testing import seed_cases
from tests.accessibility.scenery import fulfil

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("example_city")]
HOST = "http://testserver"


@pytest.fixture
def show(browser, client):
    """Opens pages that were made before; `javascript=False` is a browser without script."""
    contexts = []

    def open_(*addresses: str, javascript: bool = True, by=client):
        made = {address: by.get(address) for address in addresses}
        context = browser.new_context(java_script_enabled=javascript, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(5_000)
        contexts.append(context)
        page = context.new_page()

        def reply(route, request) -> None:
            address = request.url.removeprefix(HOST)
            fulfil(route, made.get(address, made[addresses[0]]))

        page.route("**/*", reply)
        page.goto(HOST + addresses[0])
        return page

    yield open_
    for context in contexts:
        context.close()


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name")


def test_the_first_tab_leads_to_the_way_past_the_menu(show):
    page = show("/ui/table/")
    page.keyboard.press("Tab")
    assert focused(page) == "本文へ"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_every_stop_of_the_tab_key_can_be_seen_and_they_follow_the_page(show):
    page = show("/ui/first-page/")
    places, seen = [], set()
    for _stop in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const one = document.activeElement, box = one.getBoundingClientRect();
            return [one.outerHTML.slice(0, 80), box.width * box.height, getComputedStyle(one).outlineStyle,
              [...document.querySelectorAll("*")].indexOf(one)] }"""
        )
        if stop[0].startswith("<body") or stop[3] in seen:
            break
        seen.add(stop[3])
        assert stop[1] > 0, stop
        assert stop[2] != "none", stop
        places.append(stop[3])
    assert len(places) > 10
    assert places == sorted(places)


def test_a_refused_form_moves_to_its_summary_which_leads_to_the_box(show):
    page = show("/ui/first-page/?copies=x")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert page.title().startswith("エラー：")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name=re.compile("電話番号"))
    expect(box).to_be_focused()
    expect(box).to_have_accessible_description(re.compile("電話番号を入力してください"))


def test_the_languages_and_the_disclosures_open_without_script(show):
    page = show("/ui/disclosure/", javascript=False)
    page.locator("summary", has_text="言語").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="English")).to_be_visible()
    page.locator("summary", has_text="夜や休みの日に取れますか").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("6時30分から23時まで")).to_be_visible()
    expect(page.get_by_text("委任状があれば取れます。")).to_be_hidden()  # one at a time


def test_a_table_is_sorted_and_paged_by_links_without_script(show):
    page = show("/ui/table/", "/ui/table/?sort=fee", javascript=False)
    page.get_by_role("link", name="手数料").click()
    assert page.url.endswith("?sort=fee")
    head = page.get_by_role("columnheader", name="手数料").first
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(head.get_by_role("link")).to_have_attribute("href", "?sort=-fee")


def test_the_grid_works_without_script_and_shows_its_actions(show):
    page = show("/ui/grid/", javascript=False)
    page.get_by_role("checkbox", name="R8-JM-004102を選ぶ").first.check()
    expect(page.get_by_role("button", name="割り当てる")).to_be_visible()


def test_rows_of_the_grid_are_chosen_by_keyboard_and_counted_aloud(show):
    page = show("/ui/grid/")
    group = page.get_by_role("group", name="選んだ行の操作")
    expect(group.get_by_role("status")).to_have_text("1件を選択中")
    first = page.get_by_role("checkbox", name="R8-JM-004102を選ぶ").first
    first.focus()
    page.keyboard.press("Space")
    expect(group.get_by_role("status")).to_have_text("2件を選択中")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("checkbox", name="R8-JM-004198を選ぶ")).to_be_focused()
    page.keyboard.press("ArrowDown")  # the third row cannot be chosen
    expect(page.get_by_role("checkbox", name="R8-JM-004217を選ぶ")).to_be_focused()
    page.get_by_role("checkbox", name="すべて選ぶ").first.check()
    expect(group.get_by_role("status")).to_have_text("3件を選択中")
    page.get_by_role("checkbox", name="すべて選ぶ").first.uncheck()
    expect(group).to_be_hidden()


def test_suggestions_are_announced_chosen_by_arrow_and_left_by_escape(show):
    page = show("/ui/search/", "/ui/suggestions/?q=%E8%A1%A8", "/ui/grid/", "/ui/gantt/")
    box = page.get_by_role("combobox")
    box.fill("表")
    expect(box).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("option")
    expect(page.get_by_text(re.compile("候補が[0-9]+件あります"))).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_dialog_takes_the_focus_and_gives_it_back_and_without_script_is_a_link(show):
    page = show("/ui/dialog/")
    opener = page.get_by_role("link", name="請求を取り下げる")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="請求を取り下げますか")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    plain = show("/ui/dialog/", javascript=False)
    expect(plain.get_by_role("link", name="請求を取り下げる")).to_have_attribute("href", "#withdraw")


def test_a_button_says_that_it_is_sending_and_is_pressed_once(show):
    page = show("/ui/button/")
    sent = []
    page.route(re.compile(r"/ui/button/\?"), lambda route: (sent.append(route), route.fulfill(status=204)))
    page.get_by_role("button", name="この内容で送る").focus()
    page.keyboard.press("Enter")
    busy = page.get_by_role("button", name="送っています")
    expect(busy).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    assert len(sent) == 1


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(show, tmp_path):
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    page = show("/ui/upload/")
    page.get_by_label("本人確認書類").first.set_input_files(large)
    expect(page.get_by_text("このファイルは大きすぎます。10MBまで")).to_be_visible()


def test_a_file_chosen_before_the_script_is_there_is_looked_at_when_it_comes(show, tmp_path):
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    page, held = show("/ui/upload/"), []
    page.route("**/upload.js", lambda route: held.append(route))
    with page.expect_request("**/upload.js"):
        page.reload()
    page.get_by_label("本人確認書類").first.set_input_files(large)
    fulfil(held[0], None)
    expect(page.get_by_text("このファイルは大きすぎます。10MBまで")).to_be_visible()


def test_a_kiosk_asks_before_it_forgets(show):
    page = show("/ui/layouts/kiosk/")
    page.clock.install()
    page.reload()
    expect(page.get_by_role("link", name=re.compile("証明書がほしい"))).to_be_visible()
    page.wait_for_timeout(200)
    page.clock.fast_forward(46_000)
    expect(page.get_by_role("dialog", name="つづけますか")).to_be_visible()


def test_the_keys_of_a_list_rest_in_fields_and_are_turned_off_for_good(show, resident, staff_clerk):
    seed_cases(resident, 3)
    desk = signed_in(staff_clerk)
    page = show("/procedures/desk/", by=desk)
    expect(page.get_by_role("button", name="キーボードの近道（?）")).to_be_visible()
    numbers = page.locator("tbody th").all_text_contents()
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert focused(page) == numbers[row]
    page.keyboard.press("x")
    expect(page.locator("tbody tr").first.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("/")
    page.keyboard.type("j?")
    expect(page.get_by_label("受付番号").first).to_have_value("j?")
    page.locator("tbody th a").first.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="キーボードの近道")).to_be_visible()
    page.keyboard.press("Escape")
    desk.post("/desk/closed/keys/")
    page = show("/procedures/desk/", by=desk)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
