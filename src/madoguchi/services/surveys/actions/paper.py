"""Paper: the slip with the code is taken in first, then the sheet without it is keyed by two people."""

from datetime import date
from typing import Any

from django.db import transaction

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.audit.public import record
from madoguchi.services.surveys import rules
from madoguchi.services.surveys.actions.design import index_of, locked
from madoguchi.services.surveys.errors import CodeUnknown, CodeUsed, NotPossibleNow
from madoguchi.services.surveys.models import Code, Sheet, Survey

KEY = "surveys.paper.key"


def _running(survey_id: int, actor: Person) -> Survey:
    survey = locked(survey_id, actor, KEY)
    if survey.state != Survey.State.RUNNING:
        raise NotPossibleNow("この調査は、いま紙の回答を受け付けていません。", "調査の状態を確かめてください。")
    return survey


@transaction.atomic
def receive_paper(survey_id: int, code: str, *, actor: Person, today: date) -> None:
    """Take in the slip of a paper answer. A slip that was answered on line is refused, and its sheet is set aside.

    Not audited by slip: the trail would tell the order in which people answered. Raises: CodeUnknown, CodeUsed.
    """
    survey = _running(survey_id, actor)
    right = survey.codes.select_for_update().filter(index=index_of(code)).first()
    if right is None:
        raise CodeUnknown
    if right.use:
        raise CodeUsed
    right.use, right.used_on = Code.Use.PAPER, today
    right.save(update_fields=["use", "used_on"])
    survey.papers_received += 1
    survey.save(update_fields=["papers_received"])


@transaction.atomic
def key_sheet(survey_id: int, number: int, answers: dict[str, Any], *, actor: Person) -> Sheet:
    """What one person reads on a sheet; the second person's must agree. Raises: NotPossibleNow."""
    survey = _running(survey_id, actor)
    kept = rules.handed_in(survey.questionnaire, answers)
    sheet = survey.sheets.select_for_update().filter(number=number).first()
    if sheet is None:
        if survey.sheets.count() >= survey.papers_received:
            raise NotPossibleNow(
                "受け付けた回答券より多くの回答票は入力できません。",
                "先に、封筒に入っていた回答券を受け付けてください。",
            )
        sheet = Sheet.objects.create(survey=survey, number=number, first=kept, first_by=actor)
        act = "first"
    elif sheet.second_by_id or sheet.first_by_id == actor.pk:
        raise NotPossibleNow(
            f"{number}番の回答票は、あなたが入力したか、2人目の入力が済んでいます。", "2人目は別の人が入力します。"
        )
    else:
        sheet.second, sheet.second_by = kept, actor
        if not rules.differences(sheet.first, kept):
            sheet.agreed, sheet.is_agreed = kept, True
        sheet.save(update_fields=["second", "second_by", "agreed", "is_agreed"])
        act = "second"
    record("surveys.sheet.keyed", actor=actor, target=survey, detail={"sheet": number, "entry": act})
    return sheet


@transaction.atomic
def resolve_sheet(survey_id: int, number: int, chosen: dict[str, str], *, actor: Person) -> Sheet:
    """Settle what two people read differently; `chosen` says first or second for each question.

    Raises: NotPossibleNow when a difference is left open.
    """
    survey = _running(survey_id, actor)
    sheet = survey.sheets.select_for_update().filter(number=number, is_agreed=False).exclude(second_by=None).first()
    if sheet is None:
        raise NotPossibleNow("その回答票に、解決する違いはありません。", "照合の一覧を開きなおしてください。")
    open_keys = rules.differences(sheet.first, sheet.second)
    if any(chosen.get(key) not in {"first", "second"} for key in open_keys):
        raise NotPossibleNow("まだ選んでいない違いがあります。", "紙の回答票を見て、正しい方を選んでください。")
    merged = {**sheet.first, **{key: getattr(sheet, chosen[key]).get(key) for key in open_keys}}
    sheet.agreed, sheet.is_agreed = rules.handed_in(survey.questionnaire, merged), True
    sheet.save(update_fields=["agreed", "is_agreed"])
    record(
        "surveys.sheet.resolved", actor=actor, target=survey, detail={"sheet": number, "differences": len(open_keys)}
    )
    return sheet
