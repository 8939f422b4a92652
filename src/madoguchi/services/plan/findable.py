"""The measures of the plan, to be found."""

from collections.abc import Iterator

from django.urls import reverse

from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.search.public import Document, Source
from madoguchi.services.plan.pack import Measure
from madoguchi.ui.words import LocalText


def measures() -> Iterator[Document]:
    return (_measure(found) for found in records("plan.measure"))


def _measure(measure: Measure) -> Document:
    return Document(
        key=measure.key,
        title=measure.name,
        summary=measure.summary,
        url=reverse("plan:measure", args=[measure.key]),
        text=(
            measure.purpose or "",
            *measure.present_state,
            *measure.content,
            *measure.targets,
            *(task.title for task in measure.tasks),
        ),
        section=measure.leads[0],
    )


SOURCES = [
    Source(
        kind="measure",
        name=LocalText(ja="計画の施策", easy="市(し)の 計画(けいかく)", en="Measures of the plan"),
        documents=measures,
        pack_kinds=frozenset({"plan.measure"}),
    )
]
