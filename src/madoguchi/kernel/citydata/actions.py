"""Applying a pack: idempotent, audited, and retiring instead of deleting."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from madoguchi.kernel.audit.public import record as audit_record
from madoguchi.kernel.citydata.collections import PackRecord, collection
from madoguchi.kernel.citydata.models import Record, Revision
from madoguchi.kernel.citydata.pack import Pack
from madoguchi.lib import clock


@dataclass
class Difference:
    """What applying changes, as `kind key` names."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.retired)


def json_of(body: PackRecord) -> dict[str, Any]:
    return body.model_dump(mode="json", by_alias=True)


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a body, as 64 hex digits."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def apply(pack: Pack, *, actor: models.Model | None, dry_run: bool = False) -> Difference:
    """Bring the database to what `pack` says; with `dry_run` only tell the difference.

    Raises: ValueError when the pack has problems.
    """
    if pack.problems:
        raise ValueError("a pack with problems is not applied")
    difference = Difference()
    known = {(found.kind, found.key): found for found in Record.objects.select_for_update()}
    current = {found.record_id: found for found in Revision.objects.filter(superseded_at=None)}
    seen = set()
    for loaded in pack.records:
        kind, body = loaded.collection.kind, loaded.body
        name, data = f"{kind} {body.key}", json_of(body)
        seen.add((kind, body.key))
        stored = known.get((kind, body.key))
        if stored is None:
            difference.added.append(name)
        elif stored.retired_at or current[stored.pk].digest != digest_of(data):
            difference.changed.append(name)
        else:
            difference.unchanged += 1
            continue
        if not dry_run:
            _revise(stored or Record(kind=kind, key=body.key), path=loaded.path, data=data)
    for (kind, key), stored in known.items():
        if (kind, key) not in seen and not stored.retired_at:
            difference.retired.append(f"{kind} {key}")
            if not dry_run:
                stored.retired_at = clock.now()
                stored.save(update_fields=["retired_at"])
    if difference and not dry_run:
        audit_record(
            "citydata.pack.applied",
            actor=actor,
            target="citydata.pack",
            detail={
                "added": len(difference.added),
                "changed": len(difference.changed),
                "retired": len(difference.retired),
            },
        )
    if not dry_run:
        _tell({kind for kind, _ in known} | {kind for kind, _ in seen})
    return difference


@transaction.atomic
def revise(kind: str, key: str, body: PackRecord, *, actor: models.Model) -> Revision:
    """A staff edit of one record, or a new one; `madoguchi city export` writes it back to the pack."""
    stored = Record.objects.select_for_update().filter(kind=kind, key=key).first()
    stored = stored or Record(kind=kind, key=key, path=collection(kind).glob.replace("*", key))
    revision = _revise(stored, path=stored.path, data=json_of(body))
    audit_record(
        "citydata.record.revised",
        actor=actor,
        target=stored,
        detail={"kind": kind, "key": key, "number": revision.number},
    )
    _tell({kind})
    return revision


def _tell(kinds: set[str]) -> None:
    """Who above the city data leans on it (the search) hears of the change before it is committed."""
    for listener in settings.CITYDATA_LISTENERS:
        import_string(listener)(frozenset(kinds))


def _revise(stored: Record, *, path: str, data: dict[str, Any]) -> Revision:
    now = clock.now()
    stored.path, stored.retired_at = path, None
    stored.save()
    last = stored.revisions.order_by("-number").first()
    digest = digest_of(data)
    if last and last.digest == digest:  # a retired record comes back as it was
        return last
    if last:
        last.superseded_at = now
        last.save(update_fields=["superseded_at"])
    return Revision.objects.create(
        record=stored, number=last.number + 1 if last else 1, body=data, digest=digest, applied_at=now
    )
