"""What services give to be found."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from madoguchi.kernel.registry.public import hooks
from madoguchi.ui.words import LocalText


@dataclass(frozen=True, kw_only=True)
class Document:
    """One page to be found. `words` are further names for it; `text` is what else stands on it.

    With a `permission` only those see it who have that in `section` (anywhere, when there is no section).
    """

    key: str
    title: LocalText
    summary: LocalText
    url: str
    words: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    section: str = ""
    permission: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A kind of documents. `documents` gives them all; they change with `pack_kinds` and after `events`."""

    kind: str
    name: LocalText
    documents: Callable[[], Iterable[Document]]
    pack_kinds: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()


@cache
def sources() -> dict[str, Source]:
    """By kind; those of the services in their order, then those of the portal."""
    return {source.kind: source for source in _all()}


def _all() -> Iterator[Source]:
    for _, found in hooks("search"):
        yield from found
    for dotted in settings.SEARCH_SOURCES:
        yield from import_string(dotted)
