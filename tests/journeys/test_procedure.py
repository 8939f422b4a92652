"""The path of a procedure, end to end, in a real browser, with and without JavaScript."""

import re
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import jpholiday
import pytest
from playwright.sync_api import Page, expect

from madoguchi.kernel.files.testing import eicar_pdf
from tests.steps import fill_resident_record, next_page, sign_in, staff_sign_in, submit

pytestmark = pytest.mark.browser


def pdf_of(page: Page, address: str) -> bytes:
    answer = page.request.get(address)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def eventually(found, seconds: float = 20):
    """The first true answer of `found`; jobs run beside the page."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def is_open_today() -> bool:
    """The example city's office: what comes on a closed day counts from the next open one."""
    day = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not jpholiday.is_holiday(day) and not new_year


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_procedure_from_the_front_page_to_the_decision(installation, person_page, javascript):
    email = f"hanako-{javascript}@example.jp".lower()
    page = person_page(javascript=javascript)
    page.goto(installation.url)

    # found from the front page and from the directory, by reading
    page.get_by_role("search").locator("input").fill("じゅうみんひょう")
    page.get_by_role("search").get_by_role("button").click()
    page.get_by_role("link", name="住民票の写しの交付請求").first.click()
    main = page.locator("main")
    for words in ("請求できる方", "用意するもの", "200円", "約5分", "受付から2開庁日"):
        expect(main).to_contain_text(words)

    # the lower level is asked to step up, and nothing is lost on the way
    page.get_by_role("link", name=re.compile("手続をはじめる")).click()
    page.get_by_role("button", name=re.compile("本人確認をはじめる")).click()
    sign_in(page, "窓口 花子" if javascript else "試験 太郎", card=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("もう一度、本人確認をお願いします")
    page.get_by_role("button", name=re.compile("カードで本人確認をはじめる")).click()
    expect(page.get_by_role("radio", name=re.compile("スマートフォン"))).to_have_count(0)
    sign_in(page, "窓口 花子" if javascript else "試験 太郎")

    # known facts are there with their source; an empty page says what is missing and takes the focus
    expect(page.get_by_role("heading", level=1)).to_have_text("だれの写しが必要ですか")
    name = "窓口 花子" if javascript else "試験 太郎"
    expect(page.get_by_label("請求する方の氏名")).to_have_value(name)
    expect(main).to_contain_text("本人確認サービスから")
    next_page(page)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("だれの写しですかを選んでください")
    expect(page).to_have_title(re.compile("^エラー："))
    if javascript:
        expect(summary).to_be_focused()

    # a question that depends on another appears; back and forth without loss; resume
    page.get_by_role("radio", name="同じ世帯のほかの人").check()
    next_page(page)
    expect(page.get_by_label("その人の氏名")).to_be_visible()
    page.get_by_role("radio", name="世帯全員").check()
    next_page(page)
    page.get_by_label("通数").fill("2")
    page.get_by_role("button", name="保存して、あとでつづける").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("さんの窓口")
    page.get_by_role("link", name="住民票の写しの交付請求").click()
    expect(page.get_by_label("通数")).to_have_value("2")
    page.get_by_role("link", name=re.compile("前の画面へ")).click()
    expect(page.get_by_role("radio", name="世帯全員")).to_be_checked()

    fill_resident_record(page, email)
    expect(main).to_contain_text("400円")  # two copies at 200 yen, 例示市手数料条例 別表第1
    check_address = page.url
    number = submit(page)
    case_address = page.url

    # the same page sent again makes no second case
    page.goto(check_address)
    assert page.url == case_address
    expect(main).to_contain_text(number)
    receipt = pdf_of(page, case_address + "receipt.pdf")
    assert b"/StructTreeRoot" in receipt
    page.goto(installation.url + "/my/")
    expect(page.get_by_role("link", name="住民票の写しの交付請求")).to_have_count(1)
    mail = eventually(lambda: [text for text in installation.mails() if number in text])[0]
    assert case_address.removeprefix(installation.url) in mail

    # the desk: another section does not find it
    other = person_page(javascript=javascript)
    staff_sign_in(other, installation.url, "demo-kodomo")
    uid = case_address.rstrip("/").rsplit("/", 1)[1]
    assert other.goto(f"{installation.url}/procedures/desk/{uid}/").status == 404

    staff = person_page(javascript=javascript)
    staff_sign_in(staff, installation.url, "demo-shimin")
    staff.goto(installation.url + "/procedures/desk/")
    row = staff.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text(f"{2 if is_open_today() else 3}開庁日")
    row.get_by_role("link", name=number).click()
    expect(staff.locator("main")).to_contain_text("世帯全員")

    # correction: the clock pauses, the resident answers
    staff.get_by_role("link", name="補正をお願いする").click()
    staff.get_by_role("radio", name="通数").check()
    staff.get_by_label("申請した方への説明").fill("提出先に必要な通数を確かめてください。")
    staff.get_by_role("button", name="この説明で補正をお願いする").click()
    expect(staff.locator("main")).to_contain_text("停止中")
    page.goto(installation.url + "/my/")
    page.get_by_role("region", name="あなたにお願いしていること").locator(f"a[href*='{uid}']").click()
    expect(main).to_contain_text("提出先に必要な通数を確かめてください。")
    page.get_by_label("通数").fill("0")
    page.get_by_role("button", name="直した内容を送る").click()
    expect(page.get_by_role("alert")).to_contain_text("1以上の数を入力してください")
    page.get_by_label("通数").fill("1")
    page.get_by_role("button", name="直した内容を送る").click()
    expect(main.locator("dl").first).to_be_visible()

    # decision: approval, or refusal with its compulsory reason and 教示
    staff.reload()
    if javascript:
        staff.get_by_role("link", name="承認へ進む", exact=True).click()
        staff.get_by_role("button", name="承認して通知を送る", exact=True).click()
    else:
        staff.get_by_role("link", name="不承認へ進む").click()
        staff.get_by_role("button", name="不承認として通知を送る").click()
        expect(staff.get_by_role("alert")).to_contain_text("理由を入力してください")
        staff.get_by_label("理由").fill("住民基本台帳法第12条第6項に当たるため。")
        staff.get_by_role("button", name="不承認として通知を送る").click()
    expect(staff.locator("main")).to_contain_text("承認" if javascript else "不承認")
    expect(staff.get_by_role("region", name="記録")).to_contain_text("申請の内容を見た")
    page.goto(case_address)
    pdf_of(page, case_address + "decision.pdf")
    if not javascript:
        expect(main).to_contain_text("3か月以内に、市長に対して審査請求")
    decided = eventually(lambda: [t for t in installation.mails() if number in t and "決定" in t])
    assert len(decided) == 1
    assert "the chain holds" in installation.command("audit", "verify")


def test_a_second_procedure_comes_from_its_file_alone(installation, person_page):
    page = person_page()
    page.goto(installation.url + "/procedures/child-allowance-claim/start/")
    page.get_by_role("button", name=re.compile("本人確認をはじめる")).click()
    sign_in(page, "試験 太郎")
    page.get_by_label("フリガナ").fill("しけん たろう")
    page.get_by_role("radio", name="子どもが生まれた").check()
    day = page.get_by_role("group", name=re.compile("その日"))
    day.get_by_label("年号").select_option("令和")
    for unit, value in (("年", "8"), ("月", "11"), ("日", "20")):
        day.get_by_label(unit, exact=True).fill(value)
    page.get_by_role("radio", name="共済組合").check()
    next_page(page)
    attach(page, "ウイルス.pdf", eicar_pdf())
    look_again_until(page, "ウイルスなどの有害なものが見つかった")
    expect(page.get_by_role("link", name="ウイルス.pdf")).to_have_count(0)
    page.get_by_role("button", name="ウイルス.pdfを消す").click()
    attach(page, "証明.png", png())
    look_again_until(page, "証明.png")
    next_page(page)

    for index, (name, kana) in enumerate([("試験 みらい", "シケン　ミライ"), ("試験 ひかり", "シケン　ヒカリ")]):
        if index:
            page.get_by_role("button", name="子どもを追加する").click()
        row = page.get_by_role("group", name=f"子ども {index + 1}")
        row.get_by_label("氏名").fill(name)
        row.get_by_label("フリガナ").fill(kana)
        birth = row.get_by_role("group", name=re.compile("生年月日"))
        birth.get_by_label("年号").select_option("令和")
        for unit, value in (("年", str(6 + index)), ("月", "5"), ("日", "5")):
            birth.get_by_label(unit, exact=True).fill(value)
        row.get_by_role("radio", name="子", exact=True).check()
        row.get_by_role("radio", name="同居している").check()
    next_page(page)
    page.get_by_label("金融機関と支店").fill("見本銀行 本店")
    page.get_by_role("radio", name="普通").check()
    page.get_by_label("口座番号").fill("0012345")
    page.get_by_label("電話番号").fill("090-0000-0000")
    page.get_by_label("メールアドレス").fill("taro@example.jp")
    next_page(page)
    main = page.locator("main")
    expect(main).to_contain_text("試験 ひかり")
    expect(main).to_contain_text("0012345")
    expect(main).to_contain_text("令和8年12月5日")  # 15 days from the day after 20 November (児童手当法8条3項)
    submit(page)

    staff = person_page()
    staff_sign_in(staff, installation.url, "demo-kodomo")
    staff.goto(installation.url + "/procedures/desk/")
    staff.get_by_role("row").filter(has_text="児童手当").get_by_role("link").first.click()
    expect(staff.get_by_role("link", name="証明.png")).to_be_visible()


def attach(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("共済組合への加入を示す書類").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="選んだファイルを追加する").click()
    expect(page.get_by_role("button", name=f"{name}を消す")).to_be_visible()


def look_again_until(page: Page, words: str) -> None:
    """The worker scans beside the page; a person looks again."""

    def there() -> bool:
        page.goto(page.url)
        text = page.inner_text("main")
        return words in text and "検査中" not in text

    eventually(there)


def png() -> bytes:
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "PNG")
    return buffer.getvalue()
