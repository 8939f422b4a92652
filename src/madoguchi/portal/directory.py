"""The directory: everything a resident can start, in the orders people look in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.registry.public import Entry, hooks
from madoguchi.lib.kana import row_of


@dataclass(frozen=True)
class Group:
    """Entries under one heading."""

    key: str
    name: Any
    entries: list[Any]


def entries() -> list[Entry]:
    """From all services, those that can be done here first, each in あいうえお order."""
    found = [entry for _, directory in hooks("directory") for entry in directory()]
    return sorted(found, key=lambda entry: (not entry.is_online, entry.kana))


def by_life_event(found: list[Entry]) -> list[Group]:
    return _grouped(found, records("life_event"), lambda entry: entry.life_events)


def by_topic(found: list[Entry]) -> list[Group]:
    return _grouped(found, records("topic"), lambda entry: entry.topics, rest=_("そのほか"))


def by_section(found: list[Entry]) -> list[Group]:
    return _grouped(found, records("section"), lambda entry: (entry.section,), rest=_("代表電話でご案内する手続"))


def by_kana(found: list[Entry]) -> list[Group]:
    return by_row(sorted(found, key=lambda entry: entry.kana))


def by_row(found: list[Any]) -> list[Group]:
    """あ, か, さ …; a row without anything is left out. What has a `kana` can be grouped, in that order."""
    rows: dict[str, list[Any]] = {}
    for thing in found:
        rows.setdefault(row_of(thing.kana), []).append(thing)
    return [Group(f"row-{place}", row, inside) for place, (row, inside) in enumerate(rows.items())]


def _grouped(
    found: list[Entry], headings: Iterable[Any], keys_of: Callable[[Entry], Iterable[str | None]], *, rest: str = ""
) -> list[Group]:
    """A group a heading, without the empty ones; with `rest`, last what stands under none of them."""
    groups = [Group(head.key, head.name, [entry for entry in found if head.key in keys_of(entry)]) for head in headings]
    if rest:
        placed = [entry for group in groups for entry in group.entries]
        groups.append(Group("rest", rest, [entry for entry in found if entry not in placed]))
    return [group for group in groups if group.entries]


BY: dict[str, Callable[[list[Entry]], list[Group]]] = {
    "event": by_life_event,
    "topic": by_topic,
    "section": by_section,
    "kana": by_kana,
}
