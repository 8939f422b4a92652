"""The chain: each line's digest covers its content and the digest before it."""

import hashlib
import json
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

START = "0" * 64


class NotCanonical(TypeError):
    """A detail that would read back differently from one of the databases, so that its digest would not hold."""


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces; text as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=4096)
def canonical_text(stored: str) -> str:
    """The canonical form of JSON as a database has it. Details repeat: one parse serves many lines."""
    return canonical(json.loads(stored))


def digest(
    *, number: int, at: datetime, verb: str, actor: str, target: str, detail: dict[str, Any], previous: str
) -> str:
    """SHA-256 over canonical JSON (sorted keys, no spaces, UTC microseconds), as 64 hex digits."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest_of_text(number, moment, verb, actor, target, canonical(detail), previous)


def digest_of_text(number: int, at: str, verb: str, actor: str, target: str, detail: str, previous: str) -> str:
    """The same over columns as text, without a detour through objects; `detail` is canonical JSON."""
    text = f"[{number},{quoted(at)},{quoted(verb)},{quoted(actor)},{quoted(target)},{detail},{quoted(previous)}]"
    return hashlib.sha256(text.encode()).hexdigest()


def require_canonical(value: Any) -> None:
    """`value` is text, whole numbers, truth values, None, lists and mappings by text. Raises: NotCanonical.

    A float may come back as another number (1e16), a key that is no text in another order.
    """
    match value:
        case None | str() | int():
            return
        case list():
            for item in value:
                require_canonical(item)
        case dict() if all(isinstance(key, str) for key in value):
            for item in value.values():
                require_canonical(item)
        case _:
            raise NotCanonical(f"the trail keeps no {type(value).__name__}: write it as text or a whole number")
