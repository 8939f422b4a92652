"""Writing the trail, inside the transaction of the act it tells of."""

from typing import Any

from django.db import connection, models, transaction

from madoguchi.kernel.audit.chain import START, digest, require_canonical
from madoguchi.kernel.audit.models import Line
from madoguchi.kernel.audit.verbs import is_look, purpose_names, verb_names
from madoguchi.lib import clock

SYSTEM = "system"
_CHAIN_LOCK = 0x6D61646F  # one writer at a time holds the end of the chain


def name_of(thing: models.Model | str | None) -> str:
    """The stable name of an actor or target: `label:pk`, or the text itself."""
    if thing is None:
        return SYSTEM
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.label_lower}:{thing.pk}"


def record(
    verb: str,
    *,
    actor: models.Model | None,
    target: models.Model | str,
    detail: dict[str, Any] | None = None,
) -> Line:
    """Add a line. `detail` holds ids, keys and whole numbers, never personal data.

    Raises: TransactionManagementError outside a transaction, so that act and trail stand or fall together;
    KeyError for a verb without a name; PurposeMissing for a look, which has a door of its own; NotCanonical.
    """
    if is_look(verb):
        raise PurposeMissing(verb)
    return _add(verb, actor=actor, target=target, detail=detail or {})


def look(
    verb: str,
    *,
    actor: models.Model | None,
    target: models.Model | str,
    purpose: str,
    detail: dict[str, Any] | None = None,
) -> Line:
    """Add the line of somebody who reads personal data, and why: `purpose` is a key that a manifest names.

    `verb` ends in `.viewed`. Raises: as `record`; PurposeMissing without a registered purpose.
    """
    if purpose not in purpose_names() or not is_look(verb):
        raise PurposeMissing(verb)
    return _add(verb, actor=actor, target=target, detail={**(detail or {}), "purpose": purpose})


class PurposeMissing(Exception):
    """Somebody would read personal data without saying why."""


def _add(verb: str, *, actor: models.Model | None, target: models.Model | str, detail: dict[str, Any]) -> Line:
    if verb not in verb_names():
        raise KeyError(f"the audit verb {verb!r} is not named in any manifest")
    require_canonical(detail)
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit.record needs the transaction of the act it records")
    if connection.vendor == "postgresql":  # SQLite's IMMEDIATE transactions already run one by one
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = Line.objects.order_by("-number").values("number", "digest").first() or {
        "number": 0,
        "digest": START,
    }
    content: dict[str, Any] = {
        "number": last["number"] + 1,
        "at": clock.now(),
        "verb": verb,
        "actor": name_of(actor),
        "target": name_of(target),
        "detail": detail,
        "previous": last["digest"],
    }
    return Line.objects.create(**content, digest=digest(**content))


def history(target: models.Model | str) -> "models.QuerySet[Line]":
    """The lines about `target`, oldest first."""
    return Line.objects.filter(target=name_of(target)).order_by("number")
