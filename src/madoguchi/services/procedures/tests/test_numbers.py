"""個人番号 in a claim: given, never sent back, seen by its handlers only and never without a record."""

import pytest

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.numbers.public import has_number
from madoguchi.kernel.numbers.testing import handled
from madoguchi.lib import clock
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.testing import make_numbered_claim

pytestmark = pytest.mark.django_db
NUMBER = "621498320257"  # made: it fits its check digit and is nobody's
SHOWN = "6214 9832 0257"


@pytest.fixture
def claim(resident):
    return make_numbered_claim(resident, NUMBER)


@pytest.fixture
def handler(example_city):
    return make_staff("childcare", "number_handler")


def post(browser, claim, number, **more):
    typed = {
        "asked": "name kana address birthdate personal_number reason event_on pension",
        "personal_number": number,
        **more,
    }
    return browser.post(f"/procedures/cases/{claim.uid}/pages/claimant/", typed)


@pytest.fixture
def draft(resident):
    return actions.begin(Acting(resident), "child-allowance-claim", now=clock.now())


def test_it_goes_to_its_own_place_and_comes_back_on_no_page(resident, draft):
    browser = signed_in(resident)
    assert post(browser, draft, "６２１４－９８３２－０２５７", later="1").status_code == 302
    draft.refresh_from_db()
    assert draft.answers["personal_number"] == "given"
    assert has_number(draft, "personal_number")
    again = browser.get(f"/procedures/cases/{draft.uid}/pages/claimant/").content.decode()
    assert "入力済みです" in again
    assert NUMBER not in again


def test_an_empty_box_leaves_it_and_a_new_number_replaces_it(resident, draft):
    browser = signed_in(resident)
    post(browser, draft, NUMBER)
    post(browser, draft, "")
    draft.refresh_from_db()
    assert draft.answers["personal_number"] == "given"
    post(browser, draft, "123456789018")
    assert [act for act, _actor, _purpose in handled(draft)] == ["kept", "replaced"]


@pytest.mark.parametrize("wrong", ["621498320258", "62149832025", "1234567890123"])
def test_a_wrong_one_is_refused_with_what_to_do_and_not_sent_back(resident, draft, wrong):
    answer = post(signed_in(resident), draft, wrong)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "12けたの数字です" in text
    assert wrong not in text
    assert not has_number(draft, "personal_number")


def test_nobody_has_to_give_it(resident, draft):
    post(signed_in(resident), draft, "")
    draft.refresh_from_db()
    assert draft.answers["personal_number"] == ""
    assert make_numbered_claim(resident, "").receipt_number


def test_no_page_and_no_paper_shows_it(claim, resident):
    browser = signed_in(resident)
    for page in ("", "withdraw/"):
        text = browser.get(f"/procedures/cases/{claim.uid}/{page}").content.decode()
        assert NUMBER not in text.replace(" ", "")
    assert "入力済み（画面と紙には出しません）" in browser.get(f"/procedures/cases/{claim.uid}/").content.decode()


def test_its_handler_sees_it_after_the_reasons_and_with_a_record(claim, handler):
    browser = signed_in(handler)
    address = f"/procedures/desk/{claim.uid}/number/"
    before = browser.get(address).content.decode()
    assert "番号法 第9条第1項" in before
    assert SHOWN not in before
    assert [act for act, _actor, _purpose in handled(claim)] == ["kept"]
    answer = browser.post(address)
    assert SHOWN in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert handled(claim)[-1] == ("shown", f"accounts.person:{handler.pk}", "procedures.number")
    assert SHOWN not in browser.get(address).content.decode()


def test_who_decides_the_claim_is_not_therefore_its_handler(claim, resident):
    address = f"/procedures/desk/{claim.uid}/number/"
    assert signed_in(make_staff("childcare", "clerk")).post(address).status_code == 403
    assert signed_in(make_staff("citizens", "number_handler")).post(address).status_code == 404
    assert signed_in(resident).post(address).status_code == 403


def test_a_corrected_number_is_kept_apart_too(claim, resident):
    clerk = make_staff("childcare", "clerk")
    actions.ask_correction(
        claim.uid, actor=clerk, question_key="personal_number", message="もう一度お願いします", now=clock.now()
    )
    answer = signed_in(resident).post(
        f"/procedures/cases/{claim.uid}/correct/", {"asked": "personal_number", "personal_number": "123456789018"}
    )
    assert answer.status_code == 302
    case = Case.objects.get(pk=claim.pk)
    assert case.answers["personal_number"] == "given"
    assert case.corrections.get().after == "given"


def test_the_trail_of_the_case_tells_nothing_of_the_digits(claim):
    assert NUMBER not in repr([line.detail for line in history(claim)])
