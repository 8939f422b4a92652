"""Published results of surveys, to be found."""

from collections.abc import Iterator

from django.urls import reverse

from madoguchi.kernel.search.public import Document, Source
from madoguchi.services.surveys.models import Survey
from madoguchi.ui.words import LocalText


def results() -> Iterator[Document]:
    published = Survey.objects.select_related("version").filter(state=Survey.State.PUBLISHED)
    return (_result(survey) for survey in published)


def _result(survey: Survey) -> Document:
    content = survey.questionnaire
    return Document(
        key=survey.key,
        title=content.title,
        summary=content.population,
        url=reverse("surveys:results", args=[survey.key]),
        words=("アンケート", "調査"),
        text=tuple(question.label.ja for page in content.pages for question in page.questions),
        section=survey.section_key,
    )


SOURCES = [
    Source(
        kind="survey",
        name=LocalText(ja="アンケートの結果", easy="アンケートの けっか", en="Survey results"),
        documents=results,
        events=frozenset({"surveys.result.published", "surveys.result.withdrawn"}),
    )
]
