"""A backup on disk: one folder with the database, the files and a manifest; the keys are in another place."""

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from madoguchi.kernel.backup.errors import BackupStopped

MANIFEST = "manifest.json"
FILES = "files.tar"
FORMAT = 1
NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `parts` are SHA-256 digests by file name; `trail` is the last line of the audit trail."""

    made_at: str
    vendor: str
    city: str
    migrations: list[str]
    trail_number: int
    trail_digest: str
    keys: str  # SHA-256 over the key files, so that the right ones are found; never the keys themselves
    parts: dict[str, str]
    format: int = FORMAT


def name_for(moment: datetime) -> str:
    return f"madoguchi-{moment:%Y%m%dT%H%M%SZ}"


def begin(directory: Path, name: str) -> Path:
    """An empty folder to fill; what an interrupted run left is cleared first."""
    directory.mkdir(parents=True, exist_ok=True)
    for left in directory.glob(".partial-*"):
        shutil.rmtree(left, ignore_errors=True)
    if (directory / name).exists():
        raise BackupStopped(f"{directory / name} exists already; wait a second and try again.")
    partial = directory / f".partial-{name}"
    partial.mkdir(mode=0o700)
    return partial


def finish(partial: Path, manifest: Manifest) -> Path:
    """Write the manifest last, bring everything to the disk, and give the folder its name."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (partial / MANIFEST).write_text(text, encoding="utf-8")
    for path in partial.iterdir():
        with path.open("rb") as handle:
            os.fsync(handle.fileno())
    target = partial.with_name(partial.name.removeprefix(".partial-"))
    partial.rename(target)
    descriptor = os.open(target.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return target


def pack(contents: Iterable[tuple[str, datetime, bytes]], target: Path) -> None:
    """A tar of contents with their names and ages; an empty one where there are none."""
    with tarfile.open(target, "w") as tar:
        for name, kept_at, sealed in contents:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(sealed), int(kept_at.timestamp()), 0o600
            tar.addfile(entry, io.BytesIO(sealed))


def unpack(source: Path, put: Callable[[str, bytes], object]) -> None:
    """Put the contents of a tar back; a name that no file of ours has is refused."""
    try:
        with tarfile.open(source) as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isreg() and NAME.fullmatch(entry.name) else None
                if content is None:
                    raise BackupStopped(f"{source.name} holds {entry.name!r}, which is no stored file.")
                put(entry.name, content.read())
    except (tarfile.TarError, OSError) as error:
        raise BackupStopped(f"{source.name} could not be unpacked: {error}") from error


def digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read(folder: Path) -> Manifest:
    """The manifest, after every part was found as it was written. Raises: BackupStopped."""
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**raw)
    except (OSError, ValueError, TypeError) as error:
        raise BackupStopped(f"{folder} holds no readable backup ({MANIFEST}): {error}") from error
    if manifest.format != FORMAT:
        raise BackupStopped(f"{folder.name} was written in format {manifest.format}, this program reads {FORMAT}.")
    for name, expected in manifest.parts.items():
        path = folder / name
        if not path.is_file():
            raise BackupStopped(f"{name} is missing in {folder.name}. Use another backup.")
        if digest(path) != expected:
            raise BackupStopped(f"{name} in {folder.name} is not as it was written (SHA-256). Use another backup.")
    return manifest


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def all_in(directory: Path) -> Iterator[Path]:
    """Finished backups, oldest first."""
    yield from sorted(path for path in directory.glob("madoguchi-*") if (path / MANIFEST).is_file())
