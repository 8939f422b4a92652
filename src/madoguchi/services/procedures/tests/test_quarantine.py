"""A file from the upload to the desk: what the resident and the staff are told while it waits, and when it is bad."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.files.testing import blank_pdf, eicar_pdf, scan_now
from madoguchi.kernel.notify.public import Notice
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.testing import add_file, claim_page, make_claim
from madoguchi.standins.scanner.server import Scanner, served

pytestmark = pytest.mark.django_db
WAITS, BAD = "ウイルスの検査が終わるまで", "有害なものが見つかった"


@pytest.fixture
def stand_in(settings):
    with served(Scanner()) as settings.SCANNER:
        yield


@pytest.fixture
def claim(resident, stand_in):
    return make_claim(resident)


def scan(case: Case):
    file = case.attachments.latest("pk").file
    scan_now(file)
    return file


@pytest.fixture
def desk(example_city):
    return signed_in(make_staff("childcare", "clerk"))


def test_while_it_waits_the_resident_goes_on_and_nobody_opens_it(claim, resident, desk):
    browser = signed_in(resident)
    text = add_file(browser, claim, blank_pdf()).content.decode()
    assert WAITS in text
    assert "手続はこのまま進められます" in text
    file = claim.attachments.get().file
    own = f"/procedures/cases/{claim.uid}/files/{file.uid}/"
    shut = browser.get(own)
    assert shut.status_code == 409
    assert WAITS in shut.content.decode()
    assert browser.post(f"/procedures/cases/{claim.uid}/check/", {"confirmed": "on"}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == "submitted"
    page = desk.get(f"/procedures/desk/{claim.uid}/").content.decode()
    assert "検査中" in page
    assert str(file.uid) not in page
    assert desk.get(f"/procedures/desk/{claim.uid}/files/{file.uid}/").status_code == 409
    scan(claim)
    assert browser.get(own).status_code == 200
    assert (
        f"/procedures/desk/{claim.uid}/files/{file.uid}/" in desk.get(f"/procedures/desk/{claim.uid}/").content.decode()
    )
    assert desk.get(f"/procedures/desk/{claim.uid}/files/{file.uid}/").content == blank_pdf()
    assert not Notice.objects.filter(key="procedures.bad_file").exists()


def test_a_file_that_cannot_be_fetched_says_so_to_both(claim, resident, desk, monkeypatch):
    browser = signed_in(resident)
    add_file(browser, claim, blank_pdf())
    browser.post(f"/procedures/cases/{claim.uid}/check/", {"confirmed": "on"})
    file = scan(claim)

    def away(*_):
        raise OSError("the bucket did not do it")

    monkeypatch.setattr("madoguchi.kernel.files.shelves.Folder.get", away)
    for client, place in [(browser, "cases"), (desk, "desk")]:
        answer = client.get(f"/procedures/{place}/{claim.uid}/files/{file.uid}/")
        assert answer.status_code == 503
        assert "いま、ファイルを取り出せません" in answer.content.decode()


def test_a_harmful_file_in_a_draft_is_no_answer_and_has_to_go(claim, resident):
    browser = signed_in(resident)
    add_file(browser, claim, eicar_pdf())
    file = scan(claim)
    claim.refresh_from_db()
    assert claim.answers["mutual_proof"] == []
    text = browser.get(claim_page(claim)).content.decode()
    assert BAD in text
    assert "別の写真かPDFを選んでください" in text
    check = f"/procedures/cases/{claim.uid}/check/"
    assert browser.get(check)["Location"] == claim_page(claim)
    answer = browser.post(check, {"confirmed": "on"}, follow=True)
    assert "開けないファイルがあります" in answer.content.decode()
    add_file(browser, claim, blank_pdf())
    browser.post(claim_page(claim), {"asked": "pension mutual_proof", "pension": "mutual", "detach": str(file.uid)})
    assert browser.post(check, {"confirmed": "on"}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == "submitted"
    assert len(claim.answers["mutual_proof"]) == 1


def test_a_file_found_harmful_after_handing_in_is_told_to_the_applicant_and_to_the_desk(claim, resident, desk):
    browser = signed_in(resident)
    add_file(browser, claim, eicar_pdf(), name="花子の証明.pdf")
    browser.post(f"/procedures/cases/{claim.uid}/check/", {"confirmed": "on"})
    file = scan(claim)
    notice = Notice.objects.get(key="procedures.bad_file")
    assert notice.recipient == resident
    assert "花子" not in str(notice.context)
    assert "「花子の証明.pdf」を開けません" in browser.get(f"/procedures/cases/{claim.uid}/").content.decode()
    page = desk.get(f"/procedures/desk/{claim.uid}/").content.decode()
    assert "Eicar-Test-Signature" in page
    assert "補正をお願いしてください" in page
    assert desk.get(f"/procedures/desk/{claim.uid}/files/{file.uid}/").status_code == 409
    claim.refresh_from_db()
    assert claim.state == "submitted"


@pytest.mark.parametrize(("setting", "words"), [("none", "ウイルス検査をしていません"), ("", "検査の設定がない")])
def test_the_desk_reads_that_nobody_scans(resident, desk, settings, setting, words):
    settings.SCANNER = setting
    claim, browser = make_claim(resident), signed_in(resident)
    add_file(browser, claim, blank_pdf())
    browser.post(f"/procedures/cases/{claim.uid}/check/", {"confirmed": "on"})
    page = desk.get(f"/procedures/desk/{claim.uid}/").content.decode()
    assert words in page
    assert ("検査なし" in page) == (setting == "none")


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "開けません"), ("ja-easy", "ひらけません"), ("en", "cannot be opened")]
)
def test_the_words_of_the_notice_stand_in_all_registers(language, words):
    context = {"number": "R8-000001-0", "procedure": "児童手当", "uid": "0dd9e56d-ef42-4bf7-8254-7a1661df8627"}
    with translation.override(language):
        subject, _, body = render_to_string("procedures/mail/bad_file.txt", context).partition("\n")
    assert words in subject
    assert "/procedures/cases/0dd9e56d" in body
