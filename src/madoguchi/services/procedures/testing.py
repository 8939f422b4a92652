"""For tests and benchmarks: cases in any state."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.citydata.public import current
from madoguchi.kernel.mandates.public import Acting
from madoguchi.lib import clock, receipt_number
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.models import Case

COPY = "resident-record-copy"
COPY_ANSWERS: dict[str, dict[str, Any]] = {
    "whose": {"name": "窓口 花子", "address": "架空県例示市", "birthdate": "1992-04-15", "whose": "household"},
    "contents": {"items": ["relation"], "copies": 2, "purpose": "work"},
    "delivery": {"delivery": "post", "phone": "03-0000-0000", "email": "hanako@example.jp"},
}
CLAIM = "child-allowance-claim"
CLAIM_ANSWERS: dict[str, dict[str, Any]] = {
    "claimant": {"name": "窓口 花子", "kana": "シケン　ハナコ", "address": "架空県例示市", "birthdate": "1992-04-15",
                 "reason": "birth", "event_on": "2026-11-01", "pension": "mutual"},
    "children": {"children": [{"name": "窓口 葵", "kana": "マドグチ　アオイ", "birthdate": "2026-11-01",
                               "relation": "child", "together": "together"}]},
    "account": {"bank": "架空銀行 例示支店", "account_kind": "ordinary", "account_number": "0012345",
                "phone": "03-0000-0000", "email": "hanako@example.jp"},
}  # fmt: skip


def make_claim(person: Person, **claimant: str) -> Case:
    """A draft of the claim that asks for a file, answered but for the file; `claimant` answers its page otherwise."""
    by = Acting(person)
    case = actions.begin(by, CLAIM, now=clock.now())
    for page_key, answers in CLAIM_ANSWERS.items():
        given = {**answers, **claimant} if page_key == "claimant" else answers
        actions.save_answers(case.uid, by=by, page_key=page_key, answers=given, done=True, now=clock.now())
    return case


def make_numbered_claim(person: Person, number: str, *, now: datetime | None = None) -> Case:
    """A submitted claim of somebody in the national pension, with the personal number."""
    by, moment = Acting(person), now or clock.now()
    case = actions.begin(by, CLAIM, now=moment)
    for page_key, answers in CLAIM_ANSWERS.items():
        given = {**answers, "pension": "national", "personal_number": number} if page_key == "claimant" else answers
        actions.save_answers(case.uid, by=by, page_key=page_key, answers=given, done=True, now=moment)
    return actions.submit(case.uid, by=by, now=moment)


def claim_page(case: Case) -> str:
    """Where the claim asks for its file."""
    return f"/procedures/cases/{case.uid}/pages/claimant/"


def add_file(browser: Client, case: Case, content: bytes, *, name: str = "証明.pdf") -> Any:
    """Through the page, as a browser sends it; the answer of the page."""
    asked = {"asked": "pension mutual_proof", "pension": "mutual", "attach": "1"}
    return browser.post(claim_page(case), {**asked, "mutual_proof": SimpleUploadedFile(name, content)})


def make_draft(by: Person | Acting, *, complete: bool = True, now: datetime | None = None) -> Case:
    """A draft of the copy of the resident record, all pages answered unless told otherwise."""
    moment = now or clock.now()
    by = by if isinstance(by, Acting) else Acting(by)
    case = actions.begin(by, COPY, now=moment)
    for page_key, answers in COPY_ANSWERS.items() if complete else ():
        case = actions.save_answers(case.uid, by=by, page_key=page_key, answers=answers, done=True, now=moment)
    return case


def make_submitted(by: Person | Acting, *, now: datetime | None = None) -> Case:
    """A case that was handed in."""
    by = by if isinstance(by, Acting) else Acting(by)
    return actions.submit(make_draft(by, now=now).uid, by=by, now=now or clock.now())


def ask_again(case: Case, *, actor: Person, answer_by: date) -> None:
    """A correction of the number of copies, to be answered by that day."""
    actions.ask_correction(
        case.uid, actor=actor, question_key="copies", message="通数を確かめてください。", now=clock.now()
    )
    case.corrections.update(answer_by=answer_by)


def set_due(case: Case, *, days: int) -> None:
    """Let the decision be due so many days from today."""
    Case.objects.filter(pk=case.pk).update(due_on=clock.today() + timedelta(days))


def seed_cases(person: Person, count: int, *, first: int = 1) -> None:
    """Many submitted cases at once, for lists and benchmarks; without audit lines and notices."""
    revision = current("procedure", COPY)
    now = clock.now()
    answers = {key: value for page in COPY_ANSWERS.values() for key, value in page.items()}
    Case.objects.bulk_create(
        [
            Case(
                applicant=person,
                procedure_key=COPY,
                revision=revision,
                section_key=revision.content.section,
                state=Case.State.SUBMITTED,
                answers=answers,
                saved_at=now,
                submitted_at=now - timedelta(minutes=number),
                receipt_number=receipt_number.make(2019, number),
                due_on=clock.today() + timedelta(days=number % 9 - 3),
            )
            for number in range(first, first + count)
        ],
        batch_size=500,
    )
