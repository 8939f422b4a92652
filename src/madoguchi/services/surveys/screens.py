"""What the public pages show, as plain values."""

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from madoguchi.services.surveys import rules
from madoguchi.services.surveys.forms import PageForm
from madoguchi.services.surveys.models import Draft, Survey
from madoguchi.services.surveys.pack import Question

Screen = dict[str, Any]


def index(*, today: date) -> Screen:
    """What takes answers now, and what was published; the newest first."""
    shown = Survey.objects.select_related("version").filter(state__in=["running", "published"])
    surveys = list(shown)
    return {
        "open": [s for s in surveys if rules.takes_answers_online(s.state, s.opens_on, s.closes_on, today)],
        "published": [survey for survey in surveys if survey.state == Survey.State.PUBLISHED],
    }


def _steps(draft: Draft) -> list[Any]:
    pages = rules.visible_pages(draft.survey.questionnaire, draft.answers)
    return [*(page.title for page in pages), _("確認")]


def after(draft: Draft, page_key: str) -> str:
    """Where to go from a page."""
    keys = [page.key for page in rules.visible_pages(draft.survey.questionnaire, draft.answers)]
    later = keys[keys.index(page_key) + 1 :] if page_key in keys else keys[:1]
    if later:
        return reverse("surveys:answer", args=[draft.survey.key, later[0]])
    return reverse("surveys:check", args=[draft.survey.key])


def page(draft: Draft, page_key: str, form: PageForm) -> Screen:
    questionnaire = draft.survey.questionnaire
    pages = rules.visible_pages(questionnaire, draft.answers)
    place = [found.key for found in pages].index(page_key)
    steps = _steps(draft)
    return {
        "survey": draft.survey,
        "questionnaire": questionnaire,
        "page": pages[place],
        "form": form,
        "steps": steps,
        "current": place + 1,
        "is_first": place == 0,
        "next_title": steps[place + 1],
        "back": reverse("surveys:answer", args=[draft.survey.key, pages[place - 1].key])
        if place
        else reverse("surveys:enter"),
    }


def check(draft: Draft) -> Screen:
    questionnaire, answers = draft.survey.questionnaire, draft.answers
    pages = rules.visible_pages(questionnaire, answers)
    steps = _steps(draft)
    return {
        "survey": draft.survey,
        "questionnaire": questionnaire,
        "steps": steps,
        "current": len(steps),
        "back": reverse("surveys:answer", args=[draft.survey.key, pages[-1].key]),
        "groups": [
            {
                "title": page.title,
                "rows": [
                    {
                        "label": question.label,
                        "value": in_words(question, answers.get(question.key)),
                        "change": reverse("surveys:answer", args=[draft.survey.key, page.key]),
                    }
                    for question in rules.visible_questions(page, answers)
                ],
            }
            for page in pages
        ],
    }


def in_words(question: Question, given: Any) -> str:
    """An answer as people read it; lines for several."""
    if not given:
        return _("（答えない）")
    labels = {option.value: str(option.label) for option in question.options}
    if question.type == "text":
        return str(given)
    if question.type == "multiple":
        return "\n".join(labels.get(value, value) for value in given)
    if question.type == "matrix":
        rows = {row.key: str(row.label) for row in question.rows}
        return "\n".join(f"{rows.get(key, key)}：{labels.get(value, value)}" for key, value in given.items())
    return labels.get(given, given)


def done(key: str) -> Screen:
    survey = Survey.objects.select_related("version").filter(key=key).exclude(state=Survey.State.DRAFT).first()
    if survey is None:
        raise Http404
    return {"survey": survey, "questionnaire": survey.questionnaire}
