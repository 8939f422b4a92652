"""What the desk does with a case: looks, corrections, decisions; and the applicant's answer to a correction."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import look, record
from madoguchi.kernel.citydata.public import calendar
from madoguchi.kernel.emergencies.public import purpose_of
from madoguchi.kernel.events.public import publish
from madoguchi.kernel.mandates.public import Acting
from madoguchi.lib import clock
from madoguchi.services.procedures import rules
from madoguchi.services.procedures.actions.application import State, locked, move, tell
from madoguchi.services.procedures.actions.numbers import put_aside
from madoguchi.services.procedures.errors import NotPossibleNow, ReasonMissing
from madoguchi.services.procedures.models import Case, Correction, Decision


@transaction.atomic
def note_look(case: Case, *, actor: Person) -> None:
    """Every look at a case by staff leaves a line."""
    post = require(actor, "procedures.case.view", case)
    detail = {"post": post.pk}
    purpose = purpose_of(actor, case.section_key, "procedures.review")
    look("procedures.case.viewed", actor=actor, target=case, purpose=purpose, detail=detail)


@transaction.atomic
def ask_correction(case_uid: UUID, *, actor: Person, question_key: str, message: str, now: datetime) -> Case:
    """補正: ask the applicant to answer one question anew, within a reasonable period; the clock pauses."""
    case = locked(case_uid)
    post = require(actor, "procedures.case.decide", case)
    if not message.strip():
        raise ReasonMissing
    question = case.procedure.question(question_key)
    move(case, "ask_correction")
    case.due_on = None
    case.save(update_fields=["state", "due_on"])
    correction = Correction.objects.create(
        case=case,
        question_key=question.key,
        message=message.strip(),
        asked_by=actor,
        asked_at=now,
        answer_by=calendar().add(clock.day_of(now), case.procedure.correction_working_days),
        before=case.answers.get(question.key),
    )
    record("procedures.correction.asked", actor=actor, target=case, detail={"question": question.key, "post": post.pk})
    tell(case, "correction_asked", str(correction.pk), answer_by=correction.answer_by.isoformat())
    return case


@transaction.atomic
def answer_correction(case_uid: UUID, *, by: Acting, value: Any, now: datetime) -> Case:
    """The applicant's new answer; the clock runs on from where it stood."""
    case = locked(case_uid, by=by)
    correction = case.corrections.select_for_update().filter(answered_at=None).first()
    if correction is None:
        raise NotPossibleNow(str(case.get_state_display()))
    move(case, "answer_correction")
    value = put_aside(case, case.procedure.question(correction.question_key), value, actor=by.actor, now=now)
    correction.after, correction.answered_at = value, now
    correction.save(update_fields=["after", "answered_at"])
    case.answers = {**case.answers, correction.question_key: value}
    case.due_on = due_on(case)
    case.save(update_fields=["state", "answers", "due_on"])
    detail = {"question": correction.question_key, **by.detail}
    record("procedures.correction.answered", actor=by.actor, target=case, detail=detail)
    return case


def due_on(case: Case) -> date:
    """When the decision is due, all pauses taken into account."""
    pauses = [
        rules.Pause(clock.day_of(correction.asked_at), clock.day_of(correction.answered_at))
        for correction in case.corrections.exclude(answered_at=None)
        if correction.answered_at
    ]
    received = clock.day_of(case.submitted_at)
    return rules.due_on(received, case.procedure.standard_working_days, pauses, calendar())


@transaction.atomic
def approve(case_uid: UUID, *, actor: Person, now: datetime) -> Case:
    """Grant what was asked; the letter and a notice go out."""
    return _decide(case_uid, "approve", actor=actor, now=now, reason="", appeal="")


@transaction.atomic
def refuse(case_uid: UUID, *, actor: Person, reason: str, now: datetime) -> Case:
    """Refuse, with the reason (行政手続法8条) and 教示 (行政不服審査法82条, 行政事件訴訟法46条) in the letter.

    Raises: ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    appeal = locked(case_uid).procedure.appeal.ja
    return _decide(case_uid, "refuse", actor=actor, now=now, reason=reason.strip(), appeal=appeal)


def _decide(case_uid: UUID, act: str, *, actor: Person, now: datetime, reason: str, appeal: str) -> Case:
    case = locked(case_uid)
    post = require(actor, "procedures.case.decide", case)
    move(case, act)
    case.due_on, case.closed_at = None, now
    case.save(update_fields=["state", "due_on", "closed_at"])
    case.corrections.filter(answered_at=None).update(answered_at=now)
    Decision.objects.create(
        case=case,
        approved=case.state == State.APPROVED,
        reason=reason,
        appeal=appeal,
        decided_by=actor,
        decided_at=now,
    )
    record(f"procedures.case.{case.state}", actor=actor, target=case, detail={"post": post.pk})
    publish("procedures.case.decided", at=now, case_id=case.pk)
    tell(case, "case_decided", "once")
    return case
