"""`madoguchi drill FOLDER`: prove that a backup can be restored, without touching anything."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.backup import actions
from madoguchi.kernel.backup.errors import BackupStopped
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "Restore a backup into a place that is thrown away, verify it, and note the result for the drill page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: object) -> None:  # noqa: ARG002
        folder = folder.resolve()
        try:
            self.stdout.write(actions.drill(folder, now=clock.now(), run=actions.in_a_process_of_its_own(folder)))
        except BackupStopped as error:
            raise CommandError(str(error)) from error
