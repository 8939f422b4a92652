"""Opening the box: once, when everything is in. What could link a code to an answer does not survive it."""

import random
from datetime import date, datetime

from django.db import transaction

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.events.public import publish as publish_event
from madoguchi.lib import clock, wareki
from madoguchi.services.surveys import rules
from madoguchi.services.surveys.actions.design import locked, move
from madoguchi.services.surveys.errors import NotPossibleNow
from madoguchi.services.surveys.models import Code, Column, Remarks, Survey, random_id

SHUFFLE = random.SystemRandom()


@transaction.atomic
def open_box(survey_id: int, *, actor: Person, today: date) -> Survey:
    """Take all answers out of the box in random order and keep them as columns; empty the box.

    Nothing can be added afterwards. Raises: NotPossibleNow while people may still answer or sheets are unsettled.
    """
    survey = locked(survey_id, actor)
    move(survey, "open")
    if today <= survey.closes_on:
        raise NotPossibleNow(
            "回答の期間がまだ終わっていません。", f"{wareki.long(survey.closes_on)}の翌日から開封できます。"
        )
    if unsettled := survey.sheets.filter(is_agreed=False).count():
        raise NotPossibleNow(
            f"2人の入力がそろっていない回答票が{unsettled}枚あります。", "先に入力と照合を済ませてください。"
        )
    answers = [
        *(envelope.answers for envelope in survey.envelopes.all()),
        *(sheet.agreed for sheet in survey.sheets.all()),
    ]
    SHUFFLE.shuffle(answers)
    _store(survey, answers)
    survey.envelopes.all().delete()
    survey.sheets.all().delete()
    survey.drafts.all().delete()
    _shuffle_codes(survey)
    survey.answers, survey.opened_on = len(answers), today
    survey.save(update_fields=["state", "answers", "opened_on"])
    record("surveys.box.opened", actor=actor, target=survey, detail={"answers": len(answers)})
    return survey


def _store(survey: Survey, answers: list[rules.Answers]) -> None:
    questionnaire = survey.questionnaire
    Column.objects.bulk_create(
        Column(survey=survey, item=item, codes=codes) for item, codes in rules.columns(questionnaire, answers).items()
    )
    Remarks.objects.bulk_create(
        Remarks(survey=survey, question=question, texts=texts)
        for question, texts in rules.texts(questionnaire, answers).items()
    )


def _shuffle_codes(survey: Survey) -> None:
    """Write all codes anew in random order: what the database remembers of the order of use goes with the old rows."""
    codes = list(survey.codes.all())
    survey.codes.all().delete()
    SHUFFLE.shuffle(codes)
    for code in codes:
        code.pk = random_id()
    Code.objects.bulk_create(codes, batch_size=2000)


@transaction.atomic
def publish(survey_id: int, *, actor: Person, now: datetime) -> Survey:
    """Show the results to everyone, with small cells hidden."""
    survey = locked(survey_id, actor)
    move(survey, "publish")
    survey.published_on = clock.day_of(now)
    survey.save(update_fields=["state", "published_on"])
    record("surveys.result.published", actor=actor, target=survey)
    publish_event("surveys.result.published", at=now, survey_id=survey.pk)
    return survey


@transaction.atomic
def withdraw(survey_id: int, *, actor: Person, now: datetime) -> Survey:
    """Take a published result back, to correct what is said about it."""
    survey = locked(survey_id, actor)
    move(survey, "withdraw")
    survey.save(update_fields=["state"])
    record("surveys.result.withdrawn", actor=actor, target=survey)
    publish_event("surveys.result.withdrawn", at=now, survey_id=survey.pk)
    return survey
