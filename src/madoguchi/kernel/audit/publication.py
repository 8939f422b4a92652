"""Heads as everyone may read and keep them; names of fields as in RFC 6962 section 4."""

import json
from base64 import b64decode, b64encode
from datetime import date
from pathlib import Path
from typing import Any

from madoguchi.kernel.audit.models import Head

Kept = tuple[date, int, str]  # day, size, root


def document() -> dict[str, Any]:
    """Every head, oldest first. One query."""
    return {
        "hash": "sha256",
        "leaf": "the 32 bytes of a line's digest",
        "heads": [_entry(head) for head in Head.objects.select_related("stamp").order_by("day")],
    }


def _entry(head: Head) -> dict[str, Any]:
    stamp = getattr(head, "stamp", None)
    return {
        "day": head.day.isoformat(),
        "timestamp": int(head.taken_at.timestamp() * 1000),
        "tree_size": head.size,
        "sha256_root_hash": b64encode(bytes.fromhex(head.root)).decode(),
        "rfc3161": b64encode(bytes(stamp.response)).decode() if stamp else None,
    }


class NotHeads(ValueError):
    """The file is no copy of the published heads."""


def read(path: Path) -> list[Kept]:
    """A copy that was kept elsewhere. Raises: OSError; NotHeads."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["heads"]
        return [
            (
                date.fromisoformat(entry["day"]),
                int(entry["tree_size"]),
                b64decode(entry["sha256_root_hash"], validate=True).hex(),
            )
            for entry in entries
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise NotHeads(f"{path.name} is no copy of heads.json") from error
