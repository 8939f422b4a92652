"""Answering: the code opens the door, the draft waits under a token, the answer goes into the box without either.

Nothing here is audited or notified: a line in the trail with its time would tell who answered when.
"""

import secrets
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from madoguchi.kernel.vault.public import blind_index
from madoguchi.services.surveys import rules
from madoguchi.services.surveys.actions.design import index_of
from madoguchi.services.surveys.errors import AnswerMissing, CodeUnknown, CodeUsed, NotOpenNow
from madoguchi.services.surveys.models import Code, Draft, Envelope, Survey

DRAFT_CONTEXT = "surveys.draft"
DRAFT_KEPT = timedelta(days=1)


def _token_index(token: str) -> str:
    return blind_index(token, context=DRAFT_CONTEXT)


def _code(index: str) -> Code:
    code = Code.objects.select_related("survey__version").filter(index=index).first()
    if code is None:
        raise CodeUnknown
    if code.use:
        raise CodeUsed
    return code


@transaction.atomic
def enter(code: str, *, today: date) -> tuple[Survey, str]:
    """Check a code and begin a draft; the survey and the token of the draft.

    Raises: CodeUnknown, CodeUsed, NotOpenNow.
    """
    survey = _code(index_of(code)).survey
    if not rules.takes_answers_online(survey.state, survey.opens_on, survey.closes_on, today):
        raise NotOpenNow
    Draft.objects.filter(kept_until__lt=today).delete()  # those nobody came back to
    token = secrets.token_urlsafe(24)
    Draft.objects.create(survey=survey, token_index=_token_index(token), kept_until=today + DRAFT_KEPT)
    return survey, token


def draft_of(survey_key: str, token: str) -> Draft | None:
    """The draft a browser holds the token of."""
    return (
        Draft.objects.select_related("survey__version")
        .filter(token_index=_token_index(token), survey__key=survey_key)
        .first()
    )


@transaction.atomic
def save_page(draft: Draft, answers: dict[str, Any], *, today: date) -> Draft:
    """Keep the answers of a page; an answer to a question of the page that was taken back is forgotten."""
    found = Draft.objects.select_for_update(of=("self",)).select_related("survey__version").get(pk=draft.pk)
    found.answers = {**found.answers, **answers}
    found.kept_until = today + DRAFT_KEPT
    found.save(update_fields=["answers", "kept_until"])
    return found


@transaction.atomic
def hand_in(draft: Draft, code: str, *, today: date) -> None:
    """Use the code and put the answer into the box: both or neither, and once.

    Raises: CodeUnknown, CodeUsed, NotOpenNow, AnswerMissing.
    """
    right = (
        Code.objects.select_for_update(of=("self",))
        .select_related("survey__version")
        .filter(index=index_of(code), survey=draft.survey_id)
        .first()
    )
    if right is None:
        raise CodeUnknown
    if right.use:
        raise CodeUsed
    survey = right.survey
    if not rules.takes_answers_online(survey.state, survey.opens_on, survey.closes_on, today):
        raise NotOpenNow
    answers = Draft.objects.select_for_update().get(pk=draft.pk).answers
    if page := rules.missing(survey.questionnaire, answers):
        raise AnswerMissing(page.key)
    right.use, right.used_on = Code.Use.ONLINE, today
    right.save(update_fields=["use", "used_on"])
    Envelope.objects.create(survey=survey, answers=rules.handed_in(survey.questionnaire, answers))
    draft.delete()
