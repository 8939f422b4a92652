"""`madoguchi drill FOLDER`: prove that a backup can be restored, without touching anything."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
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

        try:
            self.stdout.write(actions.drill(folder, now=clock.now(), run=run))
        except BackupStopped as error:
            raise CommandError(str(error)) from error
