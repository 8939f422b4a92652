"""Surveys in the directory: those in the field to answer, the published ones to read."""

from django.urls import reverse

from madoguchi.kernel.registry.public import Entry
from madoguchi.services.surveys.models import Survey


def entries() -> list[Entry]:
    shown = Survey.objects.select_related("version").filter(state__in=[Survey.State.RUNNING, Survey.State.PUBLISHED])
    return [_entry(survey) for survey in shown]


def _entry(survey: Survey) -> Entry:
    content = survey.questionnaire
    is_running = survey.state == Survey.State.RUNNING
    return Entry(
        slug="surveys",
        key=survey.key,
        name=content.title,
        summary=content.intro if is_running else content.population,
        url=reverse("surveys:index") if is_running else reverse("surveys:results", args=[survey.key]),
        kana="アンケート",
        section=survey.section_key,
        words=("アンケート", "調査", "回答符号", "survey"),
    )
