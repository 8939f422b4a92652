"""`madoguchi restore FOLDER`: a backup into an empty installation, proved whole."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.backup import actions
from madoguchi.kernel.backup.errors import BackupStopped


class Command(BaseCommand):
    help = "Fill an empty VAR and an empty database from a backup, upgrade it, and verify trail and files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keys", type=Path, help="the folder with this backup's keys, unless KEY_DIR has them")

    def handle(self, *, folder: Path, keys: Path | None, **options: object) -> None:  # noqa: ARG002
        try:
            proof = actions.restore(folder, keys_from=keys, tell=lambda words: self.stdout.write(f"… {words}"))
        except BackupStopped as error:
            raise CommandError(str(error)) from error
        self.stdout.write(proof)
