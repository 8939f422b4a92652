"""Finding an entry of the directory by what people type: kana-folded, every word somewhere in the entry."""

from madoguchi.kernel.registry.public import Entry, hooks
from madoguchi.lib.kana import fold


def entries() -> list[Entry]:
    """Everything a resident can start, from all services, in あいうえお order."""
    found = [entry for _, directory in hooks("directory") for entry in directory()]
    return sorted(found, key=lambda entry: entry.kana)


def matching(found: list[Entry], query: str) -> list[Entry]:
    """The entries in which every word of `query` occurs, those with it in the name first."""
    words = [fold(word) for word in query.split()]
    hits = [entry for entry in found if all(word in _text(entry) for word in words)]
    return sorted(hits, key=lambda entry: not all(word in fold(entry.name.ja + entry.kana) for word in words))


def _text(entry: Entry) -> str:
    name, summary = entry.name, entry.summary
    parts = [name.ja, name.easy, name.en, summary.ja, summary.easy, summary.en, entry.kana, *entry.words]
    return fold(" ".join(parts))
