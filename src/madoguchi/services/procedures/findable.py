"""Procedures and guides, to be found."""

from collections.abc import Iterator

from django.urls import reverse

from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.search.public import Document, Source
from madoguchi.services.procedures.pack import Guide, Procedure
from madoguchi.ui.words import LocalText


def documents() -> Iterator[Document]:
    yield from (_procedure(found) for found in records("procedure"))
    yield from (_guide(found) for found in records("procedures.guide"))


def _procedure(procedure: Procedure) -> Document:
    return Document(
        key=procedure.key,
        title=procedure.name,
        summary=procedure.summary,
        url=reverse("procedures:procedure", args=[procedure.key]),
        words=(procedure.kana, *procedure.words),
        text=tuple(said.ja for said in (*procedure.who, *procedure.prepare, *(way.text for way in procedure.ways))),
        section=procedure.section,
    )


def _guide(guide: Guide) -> Document:
    return Document(
        key=guide.key,
        title=guide.name,
        summary=guide.summary,
        url=reverse("procedures:guide", args=[guide.key]),
        words=(guide.kana, *guide.words),
        section=guide.section or "",
    )


SOURCES = [
    Source(
        kind="procedure",
        name=LocalText(ja="手続", easy="手続(てつづ)き", en="Procedures"),
        documents=documents,
        pack_kinds=frozenset({"procedure", "procedures.guide"}),
    )
]
