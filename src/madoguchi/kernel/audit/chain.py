"""The chain: each line's digest covers its content and the digest before it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


def digest(
    *, number: int, at: datetime, verb: str, actor: str, target: str, detail: dict[str, Any], previous: str
) -> str:
    """SHA-256 over canonical JSON (sorted keys, no spaces, UTC microseconds), as 64 hex digits."""
    content = [
        number,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        verb,
        actor,
        target,
        detail,
        previous,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Broken:
    """Where the chain does not hold, and how."""

    number: int
    reason: str


def broken_links(lines: Iterable[Any]) -> Iterable[Broken]:
    """Every break in `lines`, which come in order of number; streams, keeps one line in memory."""
    expected, previous = 1, START
    for line in lines:
        if line.number != expected:
            yield Broken(expected, f"missing: found number {line.number} instead")
        elif line.previous != previous:
            yield Broken(line.number, "does not follow the line before it")
        own = digest(
            number=line.number,
            at=line.at,
            verb=line.verb,
            actor=line.actor,
            target=line.target,
            detail=line.detail,
            previous=line.previous,
        )
        if own != line.digest:
            yield Broken(line.number, "content was changed")
        expected, previous = line.number + 1, line.digest
