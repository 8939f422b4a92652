"""`madoguchi files`: is the scanner well; have files scanned again; sweep what nobody holds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.files import quarantine, scanner, sweeping
from madoguchi.kernel.files.models import StoredFile
from madoguchi.lib import clock

State = StoredFile.State


class Command(BaseCommand):
    help = "Ask the virus scanner how it is; have files scanned that nobody has scanned; sweep those that nobody holds."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("scanner", help="who scans, with which signatures, and how many files wait")
        sweep = acts.add_parser("sweep", help="count the files that nobody holds")
        sweep.add_argument("--apply", action="store_true", help="and delete them")
        scan = acts.add_parser("scan", help="queue what came before there was a scanner, and what was left behind")
        scan.add_argument("--unscannable", action="store_true", help="those the scanner could not scan, too")

    def handle(self, *, act: str, **options: Any) -> None:
        if act == "sweep":
            self._sweep(apply=options["apply"])
            return
        if not scanner.is_set_up():
            raise CommandError("No scanner is set up: SCANNER names it (docs/how-to/scan-files.md).")
        if act == "scan":
            states = [State.UNCHECKED, *([State.UNSCANNABLE] if options["unscannable"] else [])]
            self.stdout.write(f"{quarantine.queue(states, now=clock.now())} file(s) queued")
            return
        since = quarantine.waiting_since()
        waiting = StoredFile.objects.filter(state=State.WAITING).count()
        oldest = f", the oldest since {since:%Y-%m-%d %H:%M} UTC" if since else ""
        self.stdout.write(f"{waiting} file(s) wait{oldest}")
        try:
            self.stdout.write(scanner.version())
        except scanner.ScannerAway as error:
            raise CommandError(f"{error}. Files wait in quarantine and are tried again.") from error

    def _sweep(self, *, apply: bool) -> None:
        try:
            swept = sweeping.sweep(now=clock.now(), apply=apply)
        except OSError as error:
            raise CommandError(f"The files cannot be looked through now ({error}). Run it again later.") from error
        done = "deleted" if apply else "would go with --apply"
        self.stdout.write(
            f"{swept.contents} content(s) without a file, {swept.rows} file(s) that nothing holds; {done}"
        )
        if swept.keeps_rows:
            self.stdout.write(f"files that nothing holds stay: the city pack has no parameter {sweeping.PARAMETER}")
