"""Pages of cases: who may open which, what a post does, how many queries a list costs."""

from datetime import timedelta

import pytest

from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.kernel.events.testing import tell_everything
from madoguchi.kernel.notify.testing import mail_comes_back
from madoguchi.lib import clock
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.testing import claim_page, make_claim, make_draft, make_submitted, seed_cases

pytestmark = pytest.mark.django_db

OWN = ["", "withdraw/", "receipt.pdf"]
DESK = ["", "correct/", "approve/", "refuse/"]


@pytest.fixture
def case(resident):
    return make_submitted(resident)


@pytest.fixture
def nobody(client):
    return client


@pytest.mark.parametrize("page", OWN)
def test_a_case_opens_for_its_applicant_only(case, page, resident, other_resident, staff_clerk, nobody):
    address = f"/procedures/cases/{case.uid}/{page}"
    assert signed_in(resident).get(address).status_code == 200
    assert signed_in(other_resident).get(address).status_code == 404
    assert signed_in(staff_clerk).get(address).status_code == 403
    answer = nobody.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/?next=")


@pytest.mark.parametrize("page", DESK)
def test_a_case_on_the_desk_opens_for_its_section_only(case, page, resident, staff_clerk, other_clerk, nobody):
    address = f"/procedures/desk/{case.uid}/{page}"
    assert signed_in(staff_clerk).get(address).status_code == 200
    assert signed_in(other_clerk).get(address).status_code == 404
    assert signed_in(resident).get(address).status_code == 403
    assert nobody.get(address).status_code == 302


def test_a_viewer_sees_but_does_not_decide(case):
    from madoguchi.kernel.accounts.testing import make_staff

    viewer = signed_in(make_staff("citizens", "viewer"))
    page = viewer.get(f"/procedures/desk/{case.uid}/")
    assert page.status_code == 200
    assert "承認へ進む" not in page.content.decode()
    assert viewer.post(f"/procedures/desk/{case.uid}/approve/").status_code == 403


def test_a_draft_never_appears_on_the_desk(resident, staff_clerk):
    draft = make_draft(resident)
    desk = signed_in(staff_clerk)
    assert desk.get(f"/procedures/desk/{draft.uid}/").status_code == 404
    assert "当てはまる申請はありません" in desk.get("/procedures/desk/").content.decode()


@pytest.mark.parametrize("path", ["/procedures/resident-record-copy/start/", "/procedures/cases/{uid}/check/"])
def test_a_lower_identity_level_is_led_to_the_card_and_back(resident, path):
    address = path.format(uid=make_draft(resident).uid)
    answer = signed_in(resident, level=1).get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/step-up/?level=3&next=")


def proved(client, *, minutes):
    """The browser of somebody who proved who they are so long ago, and is still signed in."""
    session = client.session
    session["proved_at"] = (clock.now() - timedelta(minutes=minutes)).isoformat()
    session.save()
    return client


@pytest.mark.parametrize(("minutes", "opens"), [(59, True), (61, False)])
def test_handing_in_wants_a_proof_of_identity_of_the_hour(resident, minutes, opens):
    draft = make_draft(resident)
    answer = proved(signed_in(resident), minutes=minutes).get(f"/procedures/cases/{draft.uid}/check/")
    assert (answer.status_code == 200) == opens
    if not opens:
        assert answer["Location"].startswith("/accounts/sign-in/step-up/?")
        page = proved(signed_in(resident), minutes=minutes).get(answer["Location"]).content.decode()
        assert "本人確認から時間がたちました" in page


@pytest.mark.parametrize(("minutes", "done"), [(89, True), (91, False)])
def test_whoever_opened_the_page_in_time_has_half_an_hour_to_fill_it(case, staff_clerk, minutes, done):
    browser = proved(signed_in(staff_clerk), minutes=minutes)
    for way in ("approve", "refuse"):
        assert browser.get(f"/procedures/desk/{case.uid}/{way}/")["Location"].startswith("/accounts/staff/prove/?")
    browser.post(f"/procedures/desk/{case.uid}/approve/")
    case.refresh_from_db()
    assert (case.state == "approved") == done


def test_the_tick_is_needed_to_submit(resident):
    draft, browser = make_draft(resident), signed_in(resident)
    address = f"/procedures/cases/{draft.uid}/check/"
    answer = browser.post(address)
    assert answer.status_code == 400
    assert "エラー：" in answer.content.decode()
    browser.post(address, {"confirmed": "on"})
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert browser.post(address, {"confirmed": "on"})["Location"] == f"/procedures/cases/{draft.uid}/"


def test_a_draft_with_a_gap_is_led_to_the_page_with_the_gap(resident):
    draft = make_draft(resident, complete=False)
    answer = signed_in(resident).get(f"/procedures/cases/{draft.uid}/check/")
    assert answer["Location"].endswith("/pages/whose/")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("phone", "12345", "10けたか11けた"),
        ("phone", "x" * 10_000, "20文字まで"),
        ("email", "nobody", "メールアドレスの形"),
        ("delivery", "rocket", "一覧の中から"),
    ],
)
def test_nonsense_gets_a_sentence_beside_the_field_and_is_kept(resident, field, typed, words):
    draft = make_draft(resident)
    answers = {"asked": "delivery phone email", "delivery": "post", "phone": "03-0000-0000", "email": "a@example.jp"}
    answer = signed_in(resident).post(f"/procedures/cases/{draft.uid}/pages/delivery/", {**answers, field: typed})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert text.count(words) >= 2  # in the summary and beside the field
    assert "エラー：" in text


@pytest.mark.parametrize("typed", ["\x00\x07", "<script>alert(1)</script>", "葛󠄀城 𠮷子", "' OR 1=1 --"])
def test_what_people_type_is_shown_as_text(resident, typed):
    draft, browser = make_draft(resident), signed_in(resident)
    page = f"/procedures/cases/{draft.uid}/pages/whose/"
    browser.post(page, {"asked": "name address birthdate whose", "name": typed, "later": "1"})
    text = browser.get(page).content.decode()
    assert "<script>alert(1)" not in text
    assert "\x07" not in text


def test_full_width_digits_and_hiragana_kana_are_understood(resident):
    browser = signed_in(resident)
    browser.get("/procedures/child-allowance-claim/start/")
    from madoguchi.services.procedures.models import Case

    claim = Case.objects.get(procedure_key="child-allowance-claim")
    browser.post(
        f"/procedures/cases/{claim.uid}/pages/claimant/",
        {"asked": "kana", "kana": "ﾏﾄﾞｸﾞﾁ はなこ", "later": "1"},
    )
    browser.post(
        f"/procedures/cases/{claim.uid}/pages/account/",
        {"asked": "account_number", "account_number": "００１２３４５", "later": "1"},
    )
    claim.refresh_from_db()
    assert claim.answers["kana"] == "マドグチ　ハナコ"
    assert claim.answers["account_number"] == "0012345"


def test_autosave_keeps_what_is_valid_and_says_when(resident):
    draft = make_draft(resident, complete=False)
    answer = signed_in(resident).post(
        f"/procedures/cases/{draft.uid}/pages/contents/",
        {"asked": "items copies purpose", "copies": "3", "purpose": "nonsense", "autosave": "1"},
    )
    assert "時" in answer.json()["saved"]
    draft.refresh_from_db()
    assert draft.answers["copies"] == 3
    assert draft.pages_done == []


def test_the_list_costs_the_same_number_of_queries_for_one_and_for_many(
    resident, staff_clerk, django_assert_max_num_queries, client
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk = signed_in(staff_clerk)
    seed_cases(resident, 1)
    desk.get("/procedures/desk/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/procedures/desk/")
    from madoguchi.services.procedures.models import Case

    Case.objects.all().delete()
    seed_cases(resident, 60)
    with CaptureQueriesContext(connection) as many:
        desk.get("/procedures/desk/")
    assert len(many) == len(one)
    assert len(one) <= 30  # menu of every service, colleagues, what the person keeps


def test_a_number_is_found_however_it_is_typed(case, staff_clerk):
    typed = case.receipt_number.replace("-", "ー").replace("R", "ｒ")
    text = signed_in(staff_clerk).get("/procedures/desk/", {"number": typed}).content.decode()
    assert case.receipt_number in text
    assert "形を確かめて" in signed_in(staff_clerk).get("/procedures/desk/", {"number": "abc"}).content.decode()


def test_the_export_has_no_personal_data_and_no_formula(case, staff_clerk):
    text = signed_in(staff_clerk).get("/procedures/desk/cases.csv").content.decode("utf-8-sig")
    assert case.receipt_number in text
    assert "花子" not in text
    for line in text.splitlines():
        for cell in line.split(","):
            assert not cell.startswith(("=", "+", "-", "@"))


def test_every_look_of_staff_is_in_the_trail(case, staff_clerk):
    from madoguchi.kernel.audit.public import history

    signed_in(staff_clerk).get(f"/procedures/desk/{case.uid}/")
    assert history(case).last().verb == "procedures.case.viewed"


def test_the_decision_letter_exists_only_after_the_decision(case, resident, staff_clerk):
    browser = signed_in(resident)
    address = f"/procedures/cases/{case.uid}/decision.pdf"
    assert browser.get(address).status_code == 404
    actions.refuse(case.uid, actor=staff_clerk, reason="住民基本台帳法第12条第6項", now=clock.now())
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/pdf"
    import io

    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    assert "住民基本台帳法第12条第6項" in text
    assert "3か月以内" in text


def test_the_figures_of_the_plan_count_what_happened(case, resident, staff_clerk, client):
    actions.approve(case.uid, actor=staff_clerk, now=clock.now())
    tell_everything()
    from madoguchi.kernel.evidence.public import Period, of_measure

    values = {found.figure.key: found.value for found in of_measure("25", Period(clock.today(), clock.today()))}
    assert values == {
        "procedures.online": 2,
        "procedures.cases": 1,
        "procedures.decisions": 1,
        "procedures.in_time_percent": 100.0,
    }


def test_staff_and_the_resident_read_that_mail_comes_back(case, resident, staff_clerk):
    address = f"/procedures/desk/{case.uid}/"
    assert "郵送で" not in signed_in(staff_clerk).get(address).content.decode()
    mail_comes_back(resident)
    assert "郵送で知らせてください" in signed_in(staff_clerk).get(address).content.decode()
    assert "届きませんでした" in signed_in(resident).get("/my/").content.decode()


def test_what_is_not_valid_yet_stays_in_its_box_when_a_question_appears(resident):
    claim = make_claim(resident, pension="national")
    sent = {"asked": "name kana event_on pension personal_number", "kana": "ABC", "pension": "mutual"}
    sent |= {"event_on_era": "ad", "event_on_year": "20x6", "personal_number": "123456789012"}
    page = signed_in(resident).post(claim_page(claim), sent).content.decode()
    assert "質問が増えました" in page
    assert 'value="ABC"' in page
    assert 'value="20x6"' in page
    assert "個人番号は受け取っていません" in page
    assert "123456789012" not in page
