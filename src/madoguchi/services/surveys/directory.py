"""Surveys in the directory."""

from django.urls import reverse

from madoguchi.kernel.registry.public import Entry
from madoguchi.services.surveys.manifest import SERVICE
from madoguchi.ui.words import LocalText


def entries() -> list[Entry]:
    return [
        Entry(
            slug="surveys",
            key="surveys",
            name=LocalText(ja="住民アンケート", easy="アンケート", en="Answer a survey, see results"),
            summary=SERVICE.summary,
            url=reverse("surveys:index"),
            kana="ジュウミンアンケート",
            section="",
            words=("アンケート", "調査", "回答符号", "survey"),
        )
    ]
