"""Reading the applied pack. Bodies are parsed once per content: a revision never changes."""

from datetime import date
from typing import Any

from madoguchi.kernel.citydata.models import Record, Revision


class UnknownRecord(LookupError):
    """The applied pack has no such record."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"the city pack has no {kind} {key!r}; `madoguchi city check` lists what is there")


def records(kind: str) -> list[Any]:
    """The current bodies of a kind, in order of key. One query."""
    found = Revision.objects.filter(record__kind=kind, record__retired_at=None, superseded_at=None)
    return [revision.content for revision in found.select_related("record").order_by("record__key")]


def current(kind: str, key: str) -> Revision:
    """The revision in force. Raises: UnknownRecord."""
    try:
        return Revision.objects.select_related("record").get(
            record__kind=kind, record__key=key, record__retired_at=None, superseded_at=None
        )
    except Revision.DoesNotExist as error:
        raise UnknownRecord(kind, key) from error


def record(kind: str, key: str) -> Any:
    """The current body. Raises: UnknownRecord."""
    return current(kind, key).content


def parameter(key: str, *, on: date) -> Any:
    """The dated value in force `on` that day. Raises: UnknownRecord."""
    return record("parameter", key).on(on)


def is_applied() -> bool:
    return Record.objects.exists()
