"""Backup while running, restore into an empty place, and the drill that proves the one with the other."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from madoguchi.kernel.audit.public import first_break, last_line, record, stands
from madoguchi.kernel.backup import archive, databases
from madoguchi.kernel.backup.errors import BackupStopped
from madoguchi.kernel.backup.models import Run
from madoguchi.kernel.files.public import shelf, unreadable_file
from madoguchi.kernel.vault.public import data_key_names
from madoguchi.lib import clock

Tell = Callable[[str], None]


def backup(directory: Path, *, now: datetime, keys_to: Path | None = None, keep: int | None = None) -> Path:
    """A new folder below `directory`; the oldest beyond `keep` go once it stands. Raises: BackupStopped."""
    database = settings.DATABASES[DEFAULT_DB_ALIAS]
    if keys_to is not None and _inside(keys_to, directory):
        raise BackupStopped("Keys beside the data protect nothing: choose another place, best another machine.")
    vendor = databases.vendor_of(database)
    trail, keys = last_line(), data_key_names()  # before the copy, which therefore holds them
    try:
        partial = archive.begin(directory, archive.name_for(now))
        databases.dump(database, partial / databases.NAMES[vendor])
        # after the database: a row never lacks its file, for a file is on disk before its row exists
        archive.pack(_contents(), partial / archive.FILES)
        if data_key_names() != keys:  # a file may name a key that the copy of the database has not
            raise BackupStopped("The keys were turned meanwhile, so this backup does not count. Start it again.")
        folder = archive.finish(partial, _manifest(partial, vendor, trail, now))
    except OSError as error:
        message = (
            f"The backup could not be written ({error}). What was begun does not count and goes with the next run."
        )
        raise BackupStopped(message) from error
    if keys_to is not None:
        _copy_keys(keys_to / folder.name)
    if keep is not None:
        for old in list(archive.all_in(directory))[:-keep]:
            shutil.rmtree(old)
    _note(Run.Kind.BACKUP, folder, began_at=now, trail_lines=trail[0])
    return folder


def _manifest(partial: Path, vendor: str, trail: tuple[int, str], now: datetime) -> archive.Manifest:
    applied = MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations()
    return archive.Manifest(
        made_at=now.isoformat(),
        vendor=vendor,
        city=settings.CITY_PACK.name,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        trail_number=trail[0],
        trail_digest=trail[1],
        keys=key_mark(Path(settings.KEY_DIR)),
        parts={path.name: archive.digest(path) for path in sorted(partial.iterdir())},
    )


def restore(folder: Path, *, keys_from: Path | None = None, tell: Tell) -> str:
    """Fill this empty installation from a backup and prove it whole; the proof in words. Raises: BackupStopped."""
    manifest, database = archive.read(folder), settings.DATABASES[DEFAULT_DB_ALIAS]
    keys = Path(settings.KEY_DIR)
    if manifest.vendor != databases.vendor_of(database):
        raise BackupStopped(f"This backup is of {manifest.vendor}: point DATABASE_URL at an empty one of that kind.")
    if not databases.is_empty(database) or next(shelf().everything(), None):
        raise BackupStopped("Something is here already. Restore only into an empty database and empty storage.")
    if keys_from is not None:
        tell("keys")
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in keys_from.iterdir():
            shutil.copy2(path, keys / path.name)
    if key_mark(keys) != manifest.keys:
        raise BackupStopped(f"The keys in {keys} are not those of this backup; without them names stay unreadable.")
    tell("database")
    databases.load(database, folder / databases.NAMES[manifest.vendor])
    tell("files")
    archive.unpack(folder / archive.FILES, shelf().put)
    tell("upgrade")
    call_command("migrate", verbosity=0, interactive=False)
    tell("proof")
    proof = prove(manifest)
    with transaction.atomic():
        record("backup.installation.restored", actor=None, target="backup", detail={"name": folder.name})
    return proof


def prove(manifest: archive.Manifest) -> str:
    """The chain holds and holds the backup's own last line, and every file opens. Raises: BackupStopped."""
    if broken := first_break():
        raise BackupStopped(f"The audit trail is broken at line {broken.number}: {broken.reason}. Use another backup.")
    if manifest.trail_number and not stands(manifest.trail_number, manifest.trail_digest):
        raise BackupStopped(f"Line {manifest.trail_number} of the audit trail is not the one of this backup.")
    if lost := unreadable_file():
        raise BackupStopped(f"File {lost} does not open. Use another backup, or bring back its file by hand.")
    return f"{last_line()[0]} audit lines, the chain holds; every file opens"


def drill(folder: Path, *, now: datetime, run: Callable[[Mapping[str, str]], str]) -> str:
    """Restore into a place that is thrown away; what came of it is noted. Raises: BackupStopped.

    `run` restores `folder` in a process of its own with that environment and returns the proof.
    """
    manifest = archive.read(folder)
    with (
        tempfile.TemporaryDirectory(prefix="madoguchi-drill-") as room,
        databases.throwaway(settings.DATABASES[DEFAULT_DB_ALIAS]) as url,
    ):
        try:
            proof = run({"VAR": room, "FILE_DIR": f"{room}/files", "S3_BUCKET": "", "DATABASE_URL": url})
        except BackupStopped as error:
            _note(Run.Kind.DRILL, folder, began_at=now, problem=str(error))
            raise
    _note(Run.Kind.DRILL, folder, began_at=now, trail_lines=manifest.trail_number)
    return proof


def in_a_process_of_its_own(folder: Path) -> Callable[[Mapping[str, str]], str]:
    """`madoguchi restore` of a folder in the environment it is told; the last line it says is the proof."""

    def run(environment: Mapping[str, str]) -> str:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "madoguchi.project", "restore", str(folder)],
            env={**os.environ, "KEY_DIR": str(settings.KEY_DIR), **environment},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise BackupStopped(done.stderr.strip().splitlines()[-1].removeprefix("CommandError: "))
        return done.stdout.strip().splitlines()[-1]

    return run


def _contents() -> Iterator[tuple[str, datetime, bytes]]:
    """Everything that lies on the shelf, sealed as it is, from a folder or a bucket."""
    for item in shelf().everything():
        if not archive.NAME.fullmatch(item.name):  # what an interrupted turn of keys left
            continue
        try:
            sealed = shelf().get(item.name)
        except FileNotFoundError:  # discarded by its owner while we were copying
            continue
        yield item.name, item.kept_at, sealed


def key_mark(directory: Path) -> str:
    """SHA-256 over the key files by name; tells keys apart without telling them."""
    mark = hashlib.sha256()
    for path in sorted(directory.glob("*")):
        mark.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return mark.hexdigest()


def _copy_keys(target: Path) -> None:
    target.mkdir(parents=True, mode=0o700)
    for path in Path(settings.KEY_DIR).iterdir():
        shutil.copy2(path, target / path.name)


def _inside(path: Path, directory: Path) -> bool:
    return path.resolve().is_relative_to(directory.resolve())


@transaction.atomic
def _note(kind: Run.Kind, folder: Path, *, began_at: datetime, trail_lines: int = 0, problem: str = "") -> None:
    Run.objects.create(
        kind=kind,
        name=folder.name,
        began_at=began_at,
        ended_at=clock.now(),
        size_bytes=archive.size(folder),
        trail_lines=trail_lines,
        problem=problem,
    )
    verb = "backup.drill.done" if kind == Run.Kind.DRILL else "backup.backup.done"
    record(verb, actor=None, target="backup", detail={"name": folder.name, "ok": not problem})
