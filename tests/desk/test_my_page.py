"""マイページ: what to do, what to wait for, what the city sent, in this order; first steps that close for good."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madoguchi.kernel.accounts.testing import make_resident, signed_in
from madoguchi.kernel.mandates.testing import acting_for, make_claim, make_mandate
from madoguchi.lib import clock
from madoguchi.services.procedures.testing import COPY, ask_again, make_draft, make_submitted, set_due
from madoguchi.services.procedures.testing import make_claim as make_allowance_claim

DO, WAIT, SENT = "あなたにお願いしていること</h2>", "待っていること</h2>", "市からのお知らせ</h2>"


def parts(browser: Client) -> list[str]:
    """The page before, in and after each of the three."""
    page = browser.get("/my/").content.decode()
    head, rest = page.split(DO)
    todo, rest = rest.split(WAIT)
    waiting, sent = rest.split(SENT)
    return [head, todo, waiting, sent]


def test_an_empty_page_says_what_would_be_there(resident):
    _, todo, waiting, sent = parts(signed_in(resident))
    assert "いま、していただくことはありません。" in todo
    assert "手続をさがす" in waiting
    assert "お知らせはまだありません" in sent


def test_what_is_to_do_stands_first_the_nearest_date_on_top(resident, staff_clerk):
    make_allowance_claim(resident)  # a draft of a claim for an event of 2026-11-01
    ask_again(make_submitted(resident), actor=staff_clerk, answer_by=clock.today() + timedelta(2))
    _, todo, waiting, sent = parts(signed_in(resident))
    assert todo.index("もう一度お答えください") < todo.index("まだ送られていません")
    assert "あと2日" in todo
    assert "手続をさがす" in waiting
    assert sent.count("<span>未読</span>") == 2  # received, to correct


def test_waiting_says_what_comes_next_and_by_when(resident):
    case = make_submitted(resident)
    set_due(case, days=4)
    _, todo, waiting, _ = parts(signed_in(resident))
    assert case.receipt_number in waiting
    assert "決定をお知らせします。 <b>" in waiting
    assert case.receipt_number not in todo
    set_due(case, days=-1)
    waiting = parts(signed_in(resident))[2]
    assert "予定の日を過ぎています" in waiting
    assert "決定をお知らせします" not in waiting


def test_a_claim_to_act_for_somebody_is_waited_for(resident):
    make_claim(resident, f"procedures.{COPY}")
    assert "市が書類を確かめ" in parts(signed_in(resident))[2]


def test_an_agent_sees_neither_notices_nor_mandates_of_the_other(resident):
    agent = make_resident("taro", "見本 太郎")
    mandate = make_mandate(resident, agent, f"procedures.{COPY}")
    make_claim(agent, f"procedures.{COPY}")
    page = acting_for(mandate).get("/my/").content.decode()
    assert SENT not in page
    assert "市が書類を確かめ" not in page


def test_first_steps_are_closed_for_good_and_opened_again(resident, other_resident, staff_clerk):
    for person, page, what in ((resident, "/my/", "first-steps"), (staff_clerk, "/staff/", "desk-first-steps")):
        browser = signed_in(person)
        assert "次から出さない" in browser.get(page).content.decode()
        assert browser.post(f"/desk/closed/{what}/", {"next": page})["Location"] == page
        assert "次から出さない" not in signed_in(person).get(page).content.decode()
        signed_in(person).post(f"/desk/closed/{what}/", {"again": "1"})
        assert "次から出さない" in browser.get(page).content.decode()
    assert signed_in(resident).post("/desk/closed/anything/").status_code == 404


def test_a_draft_says_until_when_it_is_kept(resident):
    make_draft(resident)
    assert "まで</span>" in parts(signed_in(resident))[1]


def test_two_drafts_ask_no_more_of_the_database_than_one(resident):
    browser, counts = signed_in(resident), []
    for begin in (make_draft, make_allowance_claim):
        begin(resident)
        browser.get("/my/")
        with CaptureQueriesContext(connection) as asked:
            page = browser.get("/my/").content.decode()
        counts.append((page.count("まだ送られていません"), len(asked)))
    assert [drafts for drafts, _ in counts] == [1, 2]
    assert counts[0][1] == counts[1][1]
