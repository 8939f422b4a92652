"""Applying a pack: idempotent, audited, retiring instead of deleting, and never over what staff edited."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from madoguchi.kernel.audit.public import record as audit_record
from madoguchi.kernel.citydata.catalogue import collection
from madoguchi.kernel.citydata.collections import PackRecord
from madoguchi.kernel.citydata.models import Record, Revision
from madoguchi.kernel.citydata.pack import Loaded, Pack
from madoguchi.lib import clock

Winner = Literal["nobody", "staff", "pack"]


@dataclass
class Difference:
    """What applying changes, as `kind key` names."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # edited by staff, and the pack says what it said before
    conflicts: list[str] = field(default_factory=list)  # edited by staff, and the pack says something new
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.retired)


class Conflicts(Exception):
    """Staff and the pack changed the same records, and nobody said whose word counts; nothing was applied."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def json_of(body: PackRecord) -> dict[str, Any]:
    return body.model_dump(mode="json", by_alias=True)


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a body, as 64 hex digits."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def apply(pack: Pack, *, actor: models.Model | None, dry_run: bool = False, conflicts: Winner = "nobody") -> Difference:
    """Bring the database to what `pack` says; with `dry_run` only tell the difference.

    Three sides: what the pack said when it was applied last, what it says now, and what stands here. What staff
    edited stays as long as the pack says what it said. Where both changed, `conflicts` says whose word counts.
    Raises: ValueError when the pack has problems; Conflicts when both changed and it is nobody's.
    """
    if pack.problems:
        raise ValueError("a pack with problems is not applied")
    run = _Run(conflicts, dry_run=dry_run)
    for loaded in pack.records:
        run.take(loaded)
    run.write_the_new()
    run.retire_the_rest()
    difference = run.difference
    if difference.conflicts and conflicts == "nobody" and not dry_run:
        raise Conflicts(difference.conflicts)
    if (difference or difference.conflicts) and not dry_run:
        names = ("added", "changed", "retired", "kept", "conflicts")
        detail = {name: len(getattr(difference, name)) for name in names}
        audit_record("citydata.pack.applied", actor=actor, target="citydata.pack", detail=detail)
    if not dry_run:
        _tell({kind for kind, _ in run.known} | {kind for kind, _ in run.seen})
    return difference


class _Run:
    """One application of a pack; writes as it goes, inside the transaction of `apply`."""

    def __init__(self, winner: Winner, *, dry_run: bool) -> None:
        self.winner, self.dry_run = winner, dry_run
        self.difference = Difference()
        self.known = {(found.kind, found.key): found for found in Record.objects.select_for_update()}
        self.current = dict(Revision.objects.filter(superseded_at=None).values_list("record", "digest"))
        self.seen: set[tuple[str, str]] = set()
        self.new: list[tuple[Record, dict[str, Any]]] = []

    def take(self, loaded: Loaded) -> None:
        kind, key, data = loaded.collection.kind, loaded.body.key, json_of(loaded.body)
        self.seen.add((kind, key))
        name, digest, stored = f"{kind} {key}", digest_of(data), self.known.get((kind, key))
        if stored is None:
            self.difference.added.append(name)
            self.new.append((Record(kind=kind, key=key, path=loaded.path, pack_digest=digest), data))
        elif self._here(stored) == digest:
            self.difference.unchanged += 1
            self._remember(stored, digest)
        elif self._here(stored) == stored.pack_digest:
            self.difference.changed.append(name)
            self._write(stored, loaded, data)
        elif stored.pack_digest == digest:
            self.difference.kept.append(name)
        else:
            self._settle(stored, loaded, data)

    def write_the_new(self) -> None:
        """All at once: a city's first pack has hundreds of records."""
        if self.dry_run:
            return
        now = clock.now()
        Record.objects.bulk_create([stored for stored, _ in self.new])
        Revision.objects.bulk_create(
            Revision(record=stored, number=1, body=data, digest=stored.pack_digest, applied_at=now)
            for stored, data in self.new
        )

    def _here(self, stored: Record) -> str:
        """What stands here; a retired record says nothing, and the pack that dropped it said nothing, too."""
        return "" if stored.retired_at else self.current[stored.pk]

    def _settle(self, stored: Record, loaded: Loaded, data: dict[str, Any]) -> None:
        self.difference.conflicts.append(f"{stored.kind} {stored.key}")
        if self.winner == "pack":
            self._write(stored, loaded, data)
        elif self.winner == "staff":
            self._remember(stored, digest_of(data))

    def retire_the_rest(self) -> None:
        """What the pack does not name any more; what staff made or edited is theirs to end."""
        for place, stored in self.known.items():
            if place in self.seen or stored.retired_at:
                continue
            name = " ".join(place)
            if not stored.pack_digest:
                self.difference.kept.append(name)
                continue
            if self._here(stored) != stored.pack_digest:
                self.difference.conflicts.append(name)
                if self.winner != "pack":
                    self._remember(stored, "")
                    continue
            else:
                self.difference.retired.append(name)
            if not self.dry_run:
                stored.retired_at, stored.pack_digest = clock.now(), ""
                stored.save(update_fields=["retired_at", "pack_digest"])

    def _write(self, stored: Record, loaded: Loaded, data: dict[str, Any]) -> None:
        if not self.dry_run:
            _revise(stored, path=loaded.path, data=data)
            self._remember(stored, digest_of(data))

    def _remember(self, stored: Record, digest: str) -> None:
        """What the pack said this time."""
        if not self.dry_run and stored.pack_digest != digest:
            stored.pack_digest = digest
            stored.save(update_fields=["pack_digest"])


@transaction.atomic
def revise(kind: str, key: str, body: PackRecord, *, actor: models.Model, reason: str = "") -> Revision:
    """A staff edit of one record, or a new one; `madoguchi city export` writes it back to the pack."""
    stored = Record.objects.select_for_update().filter(kind=kind, key=key).first()
    stored = stored or Record(kind=kind, key=key, path=collection(kind).glob.replace("*", key))
    revision = _revise(stored, path=stored.path, data=json_of(body), reason=reason)
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


def _revise(stored: Record, *, path: str, data: dict[str, Any], reason: str = "") -> Revision:
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
        record=stored,
        number=last.number + 1 if last else 1,
        body=data,
        digest=digest,
        applied_at=now,
        reason=reason,
    )
