"""A backup on disk: one folder with the database, the files and a manifest; the keys are in another place."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from madoguchi.kernel.backup.errors import BackupStopped

MANIFEST = "manifest.json"
FILES = "files.tar"
FORMAT = 1
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


def pack(directory: Path, target: Path) -> None:
    """A tar of everything below `directory`; an empty one where there is nothing."""
    with tarfile.open(target, "w") as tar:
        for path in sorted(directory.rglob("*")) if directory.is_dir() else ():
            if path.is_file():
                try:
                    tar.add(path, arcname=path.relative_to(directory).as_posix())
                except FileNotFoundError:  # discarded by its owner while we were copying
                    continue


def unpack(source: Path, directory: Path) -> None:
    """The files of a tar below `directory`; a path that leads out of it is refused."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with tarfile.open(source) as tar:
            tar.extractall(directory, filter="data")
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
