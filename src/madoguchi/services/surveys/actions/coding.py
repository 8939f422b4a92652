"""Codes for free text: a codebook per question, one code a remark and coder."""

from django.db import transaction

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.audit.public import record
from madoguchi.services.surveys.actions.design import locked
from madoguchi.services.surveys.actions.paper import KEY
from madoguchi.services.surveys.errors import NotPossibleNow
from madoguchi.services.surveys.models import Coding, Theme

LONGEST_LABEL = 80  # characters, as the model keeps them


@transaction.atomic
def add_theme(survey_id: int, question: str, label: str, *, actor: Person) -> Theme:
    """A code of the codebook; the same label twice is one. Raises: NotPossibleNow for one that is too long."""
    survey = locked(survey_id, actor)
    if len(label) > LONGEST_LABEL:
        raise NotPossibleNow(f"分類の名前が{len(label)}文字あります。", f"{LONGEST_LABEL}文字までに短くしてください。")
    theme, made = Theme.objects.get_or_create(survey=survey, question=question, label=label)
    if made:
        record("surveys.theme.added", actor=actor, target=survey, detail={"theme": theme.pk})
    return theme


@transaction.atomic
def remove_theme(survey_id: int, theme_id: int, *, actor: Person) -> None:
    """Raises: NotPossibleNow while remarks carry the code."""
    survey = locked(survey_id, actor)
    theme = survey.themes.filter(pk=theme_id).first()
    if theme is None:
        raise NotPossibleNow("その分類はありません。", "画面を開きなおしてください。")
    if theme.codings.exists():
        raise NotPossibleNow(f"「{theme.label}」を付けた意見があります。", "先に、その意見の分類を変えてください。")
    theme.delete()
    record("surveys.theme.removed", actor=actor, target=survey, detail={"theme": theme_id})


@transaction.atomic
def code_remark(survey_id: int, question: str, codes: dict[int, int], *, actor: Person) -> int:
    """Give remarks (by place) a theme (by id), as this coder sees it; how many."""
    survey = locked(survey_id, actor, KEY)
    themes = {theme.pk: theme for theme in survey.themes.filter(question=question)}
    places = {place for found in survey.remarks.filter(question=question) for place, _ in found.texts}
    for place, theme_id in codes.items():
        if place in places and theme_id in themes:
            Coding.objects.update_or_create(
                survey=survey, question=question, place=place, coder=actor, defaults={"theme": themes[theme_id]}
            )
    record("surveys.remark.coded", actor=actor, target=survey, detail={"question": question, "remarks": len(codes)})
    return len(codes)
