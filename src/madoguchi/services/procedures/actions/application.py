"""Writing cases: one function a verb, each lock → permit → decide → save → audit → notify."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, models, transaction
from django.http import Http404

from madoguchi.kernel.accounts.public import set_email
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.citydata.public import calendar, current, parameter
from madoguchi.kernel.events.public import publish
from madoguchi.kernel.files.public import StoredFile, clean, discard, store
from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.notify.public import send
from madoguchi.lib import clock, receipt_number, wareki
from madoguchi.services.procedures import queries, rules
from madoguchi.services.procedures.actions.numbers import put_aside
from madoguchi.services.procedures.errors import BadFile, IncompleteCase, NotPossibleNow
from madoguchi.services.procedures.models import Attachment, Case, ReceiptSerial

State = Case.State


def locked(case_uid: UUID, *, by: Acting | None = None) -> Case:
    """The case under a row lock; `by` an applicant or agent, whose mandate is checked once more.

    Raises: Http404 for a case that is not there, or not theirs; NotMandated.
    """
    found = Case.objects.select_for_update(of=("self",)).select_related(*queries.WHOLE)
    try:
        case = found.get(uid=case_uid, **(queries.of(by) if by else {}))
    except Case.DoesNotExist as error:
        raise Http404 from error
    if by:
        by.require(rules.mandate_scope(case.procedure_key))
    return case


def move(case: Case, act: str) -> None:
    """Set the state the act leads to. Raises: NotPossibleNow."""
    state = rules.next_state(act, case.state)
    if state is None:
        raise NotPossibleNow(str(case.get_state_display()))
    case.state = state


def tell(case: Case, name: str, moment: str, *, is_due: bool = True, **context: Any) -> None:
    """Queue a notice to the applicant, and to the agent where there is one; `moment` makes it one of its kind.

    `is_due`: the law wants them told.
    """
    context = {"uid": str(case.uid), "number": case.receipt_number, "procedure": case.procedure.name.ja, **context}
    dedup = f"procedures.{name}:{case.uid}:{moment}"
    for person in queries.told(case, on=clock.today()):
        whose = "" if person == case.applicant else ":agent"
        send(f"procedures.{name}", to=person, context=context, dedup=dedup + whose, is_due=is_due)


@transaction.atomic
def begin(by: Acting, procedure_key: str, *, now: datetime) -> Case:
    """The open draft or a new one: pinned to the revision in force, known facts filled in. Raises: NotMandated."""
    revision = current("procedure", procedure_key)
    by.require(rules.mandate_scope(procedure_key))
    drafts = Case.objects.filter(
        applicant=by.person, mandate=by.mandate, procedure_key=procedure_key, state=State.DRAFT
    )
    if draft := drafts.first():
        return draft
    procedure = revision.content
    answers = {
        question.key: fact
        for question in procedure.questions()
        if question.prefill and (fact := _fact(by, question.prefill))
    }
    try:
        with transaction.atomic():
            case = Case.objects.create(
                applicant=by.person,
                mandate=by.mandate,
                procedure_key=procedure_key,
                revision=revision,
                section_key=procedure.section,
                answers=answers,
                saved_at=now,
            )
    except IntegrityError:  # begun twice at the same moment
        return drafts.get()
    record("procedures.case.begun", actor=by.actor, target=case, detail={"procedure": procedure_key, **by.detail})
    return case


def _fact(by: Acting, name: str) -> str:
    """A known fact of the applicant; notices go to whoever is at the keyboard."""
    value = getattr(by.actor if name == "email" else by.person, name)
    return value.isoformat() if isinstance(value, date) else str(value or "")


@transaction.atomic
def save_answers(
    case_uid: UUID, *, by: Acting, page_key: str, answers: dict[str, Any], done: bool, now: datetime
) -> Case:
    """Keep what was typed on one page of an own draft, complete or not; `done` marks the page as answered."""
    case = locked(case_uid, by=by)
    if case.state != State.DRAFT:
        raise NotPossibleNow(str(case.get_state_display()))
    own = {question.key: question for question in case.procedure.page(page_key).questions if question.type != "file"}
    kept = {
        key: put_aside(case, own[key], value, actor=by.actor, now=now) for key, value in answers.items() if key in own
    }
    case.answers = {**case.answers, **kept}
    if done:  # what is emptied again later is found by rules.incomplete_pages
        case.pages_done = sorted({*case.pages_done, page_key})
    case.saved_at = now
    case.save(update_fields=["answers", "pages_done", "saved_at"])
    return case


def attach(case_uid: UUID, *, by: Acting, question_key: str, upload: UploadedFile, now: datetime) -> StoredFile:
    """Take a file as (part of) the answer to a question. Raises: FileRefused."""
    accepted = clean(upload)  # a large picture takes seconds, and nobody shall wait for them: before the transaction
    with transaction.atomic():
        case = locked(case_uid, by=by)
        if case.state != State.DRAFT and not _is_being_corrected(case, question_key):
            raise NotPossibleNow(str(case.get_state_display()))
        file = store(accepted, owner=by.actor, retention_years=case.procedure.retention_years)
        Attachment.objects.create(case=case, question_key=question_key, file=file)
        _set_files(case, question_key, now)
    return file


@transaction.atomic
def detach(case_uid: UUID, *, by: Acting, file_uid: UUID, now: datetime) -> None:
    """Take a file back before handing it in."""
    case = locked(case_uid, by=by)
    attachment = case.attachments.select_related("file").filter(file__uid=file_uid).first()
    if attachment is None:
        raise Http404
    if case.state != State.DRAFT and not _is_being_corrected(case, attachment.question_key):
        raise NotPossibleNow(str(case.get_state_display()))
    attachment.delete()
    discard(attachment.file, actor=by.actor)
    _set_files(case, attachment.question_key, now)


def _is_being_corrected(case: Case, question_key: str) -> bool:
    return case.corrections.filter(answered_at=None, question_key=question_key).exists()


def _set_files(case: Case, question_key: str, now: datetime) -> None:
    attached = case.attachments.filter(question_key=question_key).select_related("file").order_by("pk")
    good = [str(attachment.file.uid) for attachment in attached if not attachment.file.is_bad]
    case.answers = {**case.answers, question_key: good}
    case.saved_at = now
    case.save(update_fields=["answers", "saved_at"])


@transaction.atomic
def submit(case_uid: UUID, *, by: Acting, now: datetime) -> Case:
    """Hand a draft in. Submitting again finds the case submitted and changes nothing.

    Raises: IncompleteCase, BadFile.
    """
    case = locked(case_uid, by=by)
    if case.state != State.DRAFT:
        return case
    procedure, today = case.procedure, clock.day_of(now)
    if bad := queries.pages_with_bad_files(case):
        raise BadFile(bad[0].key, str(bad[0].title))
    if gaps := rules.incomplete_pages(procedure, case.answers):
        raise IncompleteCase(gaps[0].key, str(gaps[0].title))
    case.answers = rules.submitted_answers(procedure, case.answers)
    case.fee_yen = fee_of(case, today)
    move(case, "submit")
    case.receipt_number = _next_receipt_number(today)
    case.submitted_at = case.saved_at = now
    case.due_on = rules.due_on(today, procedure.standard_working_days, (), calendar())
    case.save()
    for question in procedure.questions():
        if question.prefill == "email" and (email := case.answers.get(question.key)):
            set_email(by.actor, email)
    case.applicant.refresh_from_db(fields=["email"])
    detail = {"procedure": case.procedure_key, **by.detail}
    record("procedures.case.submitted", actor=by.actor, target=case, detail=detail)
    publish("procedures.case.submitted", at=now, case_id=case.pk)
    tell(case, "case_submitted", "once", is_due=False)
    return case


@transaction.atomic
def follow_bad_file(file_uid: UUID, *, now: datetime) -> None:
    """A scan shut a file: in a draft it is no answer any more; of a case that was handed in the applicant is told."""
    attachment = Attachment.objects.filter(file__uid=file_uid).first()
    if attachment is None:
        return
    case = Case.objects.select_for_update(of=("self",)).select_related("revision__record", "applicant").get(
        pk=attachment.case_id
    )  # fmt: skip
    if case.state == State.DRAFT:
        _set_files(case, attachment.question_key, now)
    elif case.closed_at is None:
        tell(case, "bad_file", str(file_uid))


def fee_of(case: Case, on: date) -> int | None:
    """The fee by the values in force on a day."""
    fee = case.procedure.fee
    values = {key: parameter(key, on=on).value for key in fee.parameters} if fee else {}
    return rules.fee_yen(case.procedure, case.answers, values)


def _next_receipt_number(today: date) -> str:
    year = wareki.fiscal_year(today)
    ReceiptSerial.objects.get_or_create(fiscal_year=year)
    ReceiptSerial.objects.filter(fiscal_year=year).update(last=models.F("last") + 1)  # the row stays locked
    return receipt_number.make(year, ReceiptSerial.objects.get(fiscal_year=year).last)


@transaction.atomic
def withdraw(case_uid: UUID, *, by: Acting, now: datetime) -> Case:
    """取下げ by the applicant, before the decision."""
    case = locked(case_uid, by=by)
    if case.state == State.WITHDRAWN:
        return case
    move(case, "withdraw")
    case.due_on, case.closed_at = None, now
    case.save(update_fields=["state", "due_on", "closed_at"])
    record("procedures.case.withdrawn", actor=by.actor, target=case, detail=by.detail)
    tell(case, "case_withdrawn", "once", is_due=False)
    return case
