"""Cases and drafts past their period go whole and with a proof; what is held, open or younger stays."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

import madoguchi.kernel.retention.testing as retention
from madoguchi.kernel.accounts.public import NotAllowed, Person
from madoguchi.kernel.accounts.testing import make_resident, make_staff, signed_in
from madoguchi.kernel.audit.public import first_break, history
from madoguchi.kernel.files.public import StoredFile
from madoguchi.kernel.files.testing import blank_pdf, stored
from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.notify.public import Notice
from madoguchi.kernel.numbers.testing import handled
from madoguchi.kernel.vault.public import CannotUnseal, unseal
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.models import Attachment, Case
from madoguchi.services.procedures.testing import make_draft, make_numbered_claim, make_submitted

pytestmark = pytest.mark.django_db
CLOSED = datetime(2026, 12, 1, 3, tzinfo=UTC)  # fiscal 2026; five years: kept to the end of fiscal 2031
LAST_DAY, DUE = date(2032, 3, 31), date(2032, 4, 1)
NOW = datetime(2032, 4, 1, 3, tzinfo=UTC)


@pytest.fixture
def office(example_city):
    return make_staff("planning", "records")


@pytest.fixture
def closed(resident):
    """A refused claim with a correction, a decision, a number and a file."""
    claim, clerk, by = (
        make_numbered_claim(resident, "621498320257", now=CLOSED),
        make_staff("childcare", "clerk"),
        Acting(resident),
    )
    actions.ask_correction(claim.uid, actor=clerk, question_key="bank", message="支店名を", now=CLOSED)
    actions.answer_correction(claim.uid, by=by, value="架空銀行 見本支店", now=CLOSED)
    file = stored(resident, blank_pdf())
    Attachment.objects.create(case=claim, question_key="mutual_proof", file=file)
    return actions.refuse(claim.uid, actor=clerk, reason="要件に当たらないため。", now=CLOSED)


def run_jobs(office, **more):
    made = retention.decide("procedures.case", actor=office, now=NOW, today=DUE, **more)
    retention.dispose.func(disposal_id=made.pk)
    made.refresh_from_db()
    return made


def test_a_case_is_due_on_the_april_after_its_years_and_not_a_day_before(closed):
    assert retention.of("procedures.case", LAST_DAY).total == 0
    found = retention.of("procedures.case", DUE)
    assert (found.total, found.held, found.months) == (1, 0, [(DUE, 1)])
    assert closed.procedure.retention_years == 5


def test_nothing_goes_without_a_decision(closed, office):
    retention.sweep(now=NOW)
    assert Case.objects.filter(pk=closed.pk).exists()
    with pytest.raises(NotAllowed):
        retention.decide("procedures.case", expected=1, actor=make_staff("childcare", "clerk"), now=NOW, today=DUE)
    with pytest.raises(retention.PreviewChanged):
        retention.decide("procedures.case", expected=2, actor=office, now=NOW, today=DUE)
    assert not DBTaskResult.objects.filter(task_path__contains="retention").exists()


def test_a_decided_case_goes_whole_and_its_proof_stays(closed, office):
    name, content = f"procedures.case:{closed.pk}", StoredFile.objects.get()
    done = run_jobs(office, expected=1)
    assert (done.erased, done.held, done.ended_at is not None) == (1, 0, True)
    for table in ("case", "correction", "decision", "attachment"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM procedures_{table}")
            assert cursor.fetchone() == (0,), table
    assert not StoredFile.objects.filter(pk=content.pk).exists()
    assert [act for act, _actor, _purpose in handled(Case(pk=closed.pk))][-1] == "erased"
    proof = history(name).last()
    assert proof.verb == "retention.record.erased"
    assert (proof.detail["rule"], proof.detail["due"]) == ("procedures.case", DUE.isoformat())
    assert history(name).first().verb == "procedures.case.begun"
    assert first_break() is None


def test_copies_of_what_was_erased_open_for_nobody(closed, office):
    """A copy of the sealed answers, of the file, and a row made to look like the one that went."""
    file = StoredFile.objects.get()
    (content,) = list(Path(settings.FILE_DIR).rglob(file.uid.hex))
    copy = content.read_bytes()
    keys = {hashlib.sha256(key.encode()).hexdigest() for key in (closed.seal_key, file.seal_key)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM procedures_case WHERE id = %s", [closed.pk])
        (answers,) = cursor.fetchone()
    run_jobs(office, expected=1)
    assert set(history(f"procedures.case:{closed.pk}").last().detail["keys"]) == keys
    forged = make_draft(make_resident("forger"), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procedures_case SET answers = %s, uid = %s WHERE id = %s",
            [answers, Case._meta.get_field("uid").get_db_prep_value(closed.uid, connection), forged.pk],
        )
    with pytest.raises(CannotUnseal):
        Case.objects.get(pk=forged.pk).answers  # noqa: B018 - the read opens it
    for row_key in ("", forged.seal_key):
        with pytest.raises(CannotUnseal):
            unseal(copy, context=f"files.content:{file.uid}", row_key=row_key)


def test_the_job_killed_in_between_goes_on_and_erases_nothing_twice(closed, office, resident):
    other = actions.withdraw(make_submitted(resident, now=CLOSED).uid, by=Acting(resident), now=CLOSED)
    made = retention.decide(
        "procedures.case", expected=1 + (other.procedure.retention_years == 5), actor=office, now=NOW, today=DUE
    )
    first = next(iter(retention.due(retention.rules()["procedures.case"], today=DUE)))
    assert retention.erase(retention.rules()["procedures.case"], first, now=NOW, disposal=made)
    assert not retention.erase(retention.rules()["procedures.case"], first, now=NOW, disposal=made)
    retention.dispose.func(disposal_id=made.pk)
    retention.dispose.func(disposal_id=made.pk)
    made.refresh_from_db()
    assert made.erased == made.expected == 2


def test_a_held_case_stays_until_the_hold_is_lifted(closed, office):
    held = retention.hold(f"procedures.case:{closed.pk}", reason="審査請求のため", actor=office, now=NOW)
    assert retention.of("procedures.case", DUE).count == 0
    rule = retention.rules()["procedures.case"]
    assert not retention.erase(rule, next(iter(retention.due(rule, today=DUE))), now=NOW)
    assert Case.objects.get(pk=closed.pk).decision.reason == "要件に当たらないため。"
    with pytest.raises(retention.HeldAlready):
        retention.hold(f"procedures.case:{closed.pk}", reason="もう一度", actor=office, now=NOW)
    retention.lift(held.pk, reason="裁決があったため", actor=office, now=NOW)
    assert run_jobs(office, expected=1).erased == 1


def test_a_held_person_keeps_all_their_cases(closed, office, resident):
    retention.hold(f"accounts.person:{resident.pk}", reason="開示請求のため", actor=office, now=NOW)
    rule = retention.rules()["procedures.case"]
    assert not retention.erase(rule, next(iter(retention.due(rule, today=DUE))), now=NOW)
    assert Case.objects.filter(pk=closed.pk).exists()


def test_what_is_gone_cannot_be_held(closed, office):
    run_jobs(office, expected=1)
    with pytest.raises(retention.NoSuchRecord):
        retention.hold(f"procedures.case:{closed.pk}", reason="遅すぎる", actor=office, now=NOW)


def test_an_open_case_never_falls_due(resident):
    make_submitted(resident, now=CLOSED)
    assert retention.of("procedures.case", date(2090, 4, 1)).total == 0


def test_a_draft_goes_after_its_thirty_days_and_not_if_somebody_came_back(resident):
    draft = make_draft(resident, now=CLOSED)
    assert retention.sweep(now=CLOSED + timedelta(days=30))["procedures.draft"] == 0
    rule = retention.rules()["procedures.draft"]
    due = next(iter(retention.due(rule, today=(CLOSED + timedelta(days=31)).date())))
    Case.objects.filter(pk=draft.pk).update(saved_at=CLOSED + timedelta(days=31))
    assert not retention.erase(rule, due, now=CLOSED + timedelta(days=31))
    assert retention.sweep(now=CLOSED + timedelta(days=62))["procedures.draft"] == 1
    assert history(f"procedures.case:{draft.pk}").last().verb == "retention.record.erased"


def test_notices_go_after_their_year_and_a_person_when_no_record_is_left(closed, office, resident):
    Notice.objects.update(queued_at=CLOSED, state=Notice.State.SENT)
    Person.objects.filter(pk=resident.pk).update(facts_at=CLOSED)
    assert retention.of("accounts.resident", DUE).total == 0  # the case names them
    run_jobs(office, expected=1)
    gone = retention.sweep(now=NOW)
    assert gone["notify.notice"] > 0
    assert gone["accounts.resident"] == 1
    assert not Person.objects.filter(pk=resident.pk).exists()
    assert first_break() is None


def test_a_person_somebody_still_names_stays(resident, other_resident):
    Person.objects.update(facts_at=CLOSED)
    make_submitted(resident)
    assert [due.pk for due in retention.due(retention.rules()["accounts.resident"], today=date(2040, 4, 1))] == [
        other_resident.pk
    ]


def test_the_page_shows_decides_and_holds(closed, office):
    Case.objects.filter(pk=closed.pk).update(closed_at=CLOSED - timedelta(days=365 * 20))
    browser = signed_in(office)
    assert "終わった申請の内訳を確かめて決める" in browser.get("/retention/").content.decode()
    refused = browser.post("/retention/holds/new/", {"number": "R8-999999-9", "reason": "x"})
    assert refused.status_code == 400
    assert (
        browser.post("/retention/holds/new/", {"number": closed.receipt_number, "reason": "審査請求"}).status_code
        == 302
    )
    held = retention.Hold.objects.get()
    assert "審査請求" in browser.get("/retention/").content.decode()
    assert "消すものはありません" in browser.get("/retention/rules/procedures.case/").content.decode()
    assert browser.post(f"/retention/holds/{held.pk}/lift/", {"reason": "裁決"}).status_code == 302
    assert "1件の廃棄を決める" in browser.get("/retention/rules/procedures.case/").content.decode()
    assert browser.post("/retention/rules/procedures.case/", {"expected": "7"}).status_code == 302
    assert not retention.Disposal.objects.exists()
    browser.post("/retention/rules/procedures.case/", {"expected": "1"})
    assert retention.Disposal.objects.get().confirmed_by == office
    assert browser.get("/retention/rules/procedures.draft/").status_code == 404
    assert signed_in(make_staff("childcare", "clerk")).get("/retention/").status_code == 403
    assert signed_in(make_resident("x")).get("/retention/").status_code == 403


def test_the_command_previews_and_sweeps(closed, capsys):
    Case.objects.update(closed_at=CLOSED - timedelta(days=365 * 20))
    call_command("retention", "preview")
    assert "procedures.case: 1 to erase, 0 held; a person decides" in capsys.readouterr().out
    call_command("retention", "sweep")
    assert "procedures.draft: 0 erased" in capsys.readouterr().out
