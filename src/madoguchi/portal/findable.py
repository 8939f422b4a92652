"""Pages of the portal itself, to be found: the ways into the directory, what is said about this site, the glossary."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils import translation

from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.search.public import Document, Source
from madoguchi.portal.context import about_titles
from madoguchi.ui.words import LocalText

# What people call these pages, beside their titles.
ABOUT_WORDS = {
    "privacy": ("プライバシーポリシー", "個人情報保護", "こじんじょうほう", "privacy policy"),
    "accessibility": ("バリアフリー", "JIS X 8341-3", "読み上げ", "accessibility"),
    "data": ("オープンデータ", "API", "CSV", "ダウンロード", "open data"),
}


def pages() -> Iterator[Document]:
    for key in about_titles():
        title = _in_registers(lambda key=key: about_titles()[key])  # type: ignore[misc]
        yield Document(
            key=f"about-{key}",
            title=title,
            summary=LocalText(ja=""),
            url=reverse("portal:about", args=[key]),
            words=ABOUT_WORDS[key],
        )
    for event in records("life_event"):
        yield Document(
            key=f"event-{event.key}",
            title=event.name,
            summary=event.hint,
            url=f"{reverse('portal:directory')}?event={event.key}",
        )


def terms() -> Iterator[Document]:
    return (
        Document(
            key=term.key,
            title=term.name,
            summary=term.meaning,
            url=f"{reverse('portal:glossary')}#{term.key}",
            words=(term.kana,),
        )
        for term in records("term")
    )


def _in_registers(say: Callable[[], str]) -> LocalText:
    said = {}
    for field, language in (("ja", "ja"), ("easy", "ja-easy"), ("en", "en")):
        with translation.override(language):
            said[field] = say()
    return LocalText(**said)


SOURCES = [
    Source(
        kind="page",
        name=LocalText(ja="このサイトのページ", easy="この サイトの ページ", en="Pages of this site"),
        documents=pages,
        pack_kinds=frozenset({"life_event"}),
    ),
    Source(
        kind="term",
        name=LocalText(ja="用語", easy="ことばの 意味(いみ)", en="Glossary"),
        documents=terms,
        pack_kinds=frozenset({"term"}),
    ),
]
