"""Reading the applied pack. Bodies are parsed once per content: a revision never changes."""

from datetime import date
from typing import Any

from madoguchi.kernel.citydata.catalogue import is_parsed, parse
from madoguchi.kernel.citydata.models import Record, Revision


class UnknownRecord(LookupError):
    """The applied pack has no such record."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"the city pack has no {kind} {key!r}; `madoguchi city check` lists what is there")


def records(kind: str) -> list[Any]:
    """The current bodies of a kind, in order of key. One query, and one more for bodies not parsed before."""
    found = Revision.objects.filter(record__kind=kind, record__retired_at=None, superseded_at=None)
    names = list(found.order_by("record__key").values_list("pk", "digest"))
    new = [pk for pk, digest in names if not is_parsed(kind, digest=digest)]
    bodies = dict(found.filter(pk__in=new).values_list("pk", "body")) if new else {}
    return [parse(kind, digest=digest, data=bodies.get(pk)) for pk, digest in names]


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
