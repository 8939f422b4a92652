"""For tests: sources of their own in the index."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from madoguchi.kernel.search import finding, index
from madoguchi.kernel.search.missed import DAYS, VISITORS, note
from madoguchi.kernel.search.models import Missed
from madoguchi.kernel.search.sources import Document, Source
from madoguchi.lib import clock
from madoguchi.ui.words import LocalText


def document(key: str, title: str, **more: object) -> Document:
    return Document(key=key, title=LocalText(ja=title), summary=LocalText(ja=""), url=f"/{key}/", **more)  # type: ignore[arg-type]


@contextmanager
def only(*sources: Source) -> Iterator[None]:
    """These sources and no others, indexed."""
    given = {source.kind: source for source in sources}
    with patch.object(index, "sources", lambda: given), patch.object(finding, "sources", lambda: given):
        index.rebuild(lambda *_: None)
        yield


def source(kind: str, documents: list[Document]) -> Source:
    return Source(kind=kind, name=LocalText(ja=kind), documents=lambda: documents)


def make_missed(text: str, *, visitors: int = VISITORS, days: int = DAYS) -> Missed:
    """A word so many visitors looked for in vain, on as many days up to today."""
    first = clock.today() - timedelta(days=days - 1)
    for number in range(visitors):
        day = first + timedelta(days=number * days // visitors)
        note(text, is_answered=False, visitor=f"visitor {number}", today=day)
    return Missed.objects.latest("pk")
