"""`madoguchi bounces`: mail that came back, from standard input or from a maildir."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.notify import bounces
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "Take a delivery status notification from standard input (a pipe of the mail server), or all of a maildir."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--maildir", type=Path, help="read what is new there instead")

    def handle(self, *, maildir: Path | None, **options: object) -> None:  # noqa: ARG002
        if maildir is None:
            was_ours = bounces.take(sys.stdin.buffer.read(bounces.MOST_BYTES + 1), now=clock.now())
            self.stdout.write("noted" if was_ours else "no failure of a notice of ours")
            return
        if not maildir.is_dir():
            raise CommandError(f"{maildir} is no folder: give the maildir of BOUNCE_ADDRESS.")
        understood, left = bounces.take_maildir(maildir, now=clock.now())
        self.stdout.write(f"{understood} noted and removed, {left} left in cur for a person to read")
