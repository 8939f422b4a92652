"""`madoguchi backup DIR`: a consistent copy while everything runs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.backup import actions, archive
from madoguchi.kernel.backup.errors import BackupStopped
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "Back up database and files to a new folder below DIR; the keys go to another place."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="where the backups are; best on another disk or machine")
        parser.add_argument("--keys", type=Path, help="copy the key files here, apart from the data")
        parser.add_argument("--keep", type=int, help="keep this many backups, remove older ones")

    def handle(self, *, directory: Path, keys: Path | None, keep: int | None, **options: object) -> None:  # noqa: ARG002
        if keep is not None and keep < 1:
            raise CommandError("--keep must be at least 1: the newest backup stays.")
        try:
            folder = actions.backup(directory, now=clock.now(), keys_to=keys, keep=keep)
        except BackupStopped as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{folder} · {archive.size(folder) / 1e6:.1f} MB")
        if keys is None:
            self.stdout.write("keys were not copied (--keys): without them a backup cannot be read")
