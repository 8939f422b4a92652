"""Keeping the index: documents follow the city pack in its transaction, and the services by their events."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from itertools import islice

from django.db import transaction

from madoguchi.kernel.search import tokens
from madoguchi.kernel.search.models import Indexed
from madoguchi.kernel.search.sources import Document, Source, sources
from madoguchi.ui.words import LocalText

BATCH = 500
EVERYONE = ""


@dataclass
class Tally:
    """What a refresh did to one kind."""

    documents: int = 0
    written: int = 0
    removed: int = 0


def refresh(kind: str) -> Tally:
    """Bring the documents of a kind to what its source says now. Raises: LookupError for an unknown kind."""
    with transaction.atomic():
        return _refresh(sources()[kind], tell=lambda _: None)


def refresh_pack_kinds(changed: frozenset[str]) -> None:
    """The city pack changed in these kinds; all of them after an apply."""
    for source in sources().values():
        if source.pack_kinds & changed:
            refresh(source.kind)


def rebuild(tell: Callable[[str, Tally], None]) -> None:
    """Every kind, a transaction a batch; `tell` hears kind and tally after each. Safe to stop and to run again."""
    for kind, source in sources().items():
        tell(kind, _refresh(source, tell=partial(tell, kind)))
    with transaction.atomic():
        Indexed.objects.exclude(kind__in=sources()).delete()  # of services that were taken out


def _refresh(source: Source, *, tell: Callable[[Tally], None]) -> Tally:
    tally = Tally()
    stale = dict(Indexed.objects.filter(kind=source.kind).values_list("key", "digest"))
    given = iter(source.documents())
    while batch := list(islice(given, BATCH)):
        tally.documents += len(batch)
        changed = []
        for document in batch:
            digest = _digest(document)
            if stale.pop(document.key, None) != digest:
                changed.append(_row(source.kind, document, digest))
        with transaction.atomic():
            _write(changed)
        tally.written += len(changed)
        if len(batch) == BATCH:
            tell(tally)
    tally.removed = len(stale)
    with transaction.atomic():
        Indexed.objects.filter(kind=source.kind, key__in=stale).delete()
    return tally


def _write(rows: list[Indexed]) -> None:
    Indexed.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["url", "words", "section_key", "permission", "tokens", "digest"],
    )


def _row(kind: str, document: Document, digest: str) -> Indexed:
    found = set(_tokens(document)) | {tokens.label("k", kind)}
    found.add(access_label(document.permission, document.section))
    if document.permission:
        found.add(tokens.GUARDED)
    return Indexed(
        kind=kind,
        key=document.key,
        url=document.url,
        words={"title": document.title.model_dump(), "summary": document.summary.model_dump()},
        section_key=document.section,
        permission=document.permission,
        tokens=" ".join(sorted(found)),
        digest=digest,
    )


def access_label(permission: str, section: str) -> str:
    """Who may see a document, as a token: everyone, or those with a permission in a section."""
    return tokens.label("p", f"{permission}@{section}" if permission else EVERYONE)


@lru_cache(maxsize=512)
def _tokens(document: Document) -> frozenset[str]:
    names = [*_registers(document.title), *document.words]
    text = [*_registers(document.summary), *document.text]
    return frozenset(tokens.of_names(names).union(*(tokens.of_text(part) for part in text)))


def _registers(text: LocalText) -> Iterator[str]:
    return (said for said in (text.ja, text.easy, text.en) if said)


def _digest(document: Document) -> str:
    content = asdict(document) | {
        "title": document.title.model_dump(),
        "summary": document.summary.model_dump(),
        "version": tokens.VERSION,
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
