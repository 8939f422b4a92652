"""`madoguchi city check|apply|export`: the city pack against schemas, into the database, and back."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.citydata.actions import Difference, apply
from madoguchi.kernel.citydata.export import export
from madoguchi.kernel.citydata.pack import Pack, load


class Command(BaseCommand):
    help = "Check a city pack, apply it (safe to re-run), or export the edits of staff back to it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["check", "apply", "export"])
        parser.add_argument("--pack", type=Path, default=Path(settings.CITY_PACK), help="pack directory")
        parser.add_argument("--dry-run", action="store_true", help="with apply: only show the difference")

    def handle(self, *, act: str, pack: Path, dry_run: bool, **options: object) -> None:  # noqa: ARG002
        if act == "export":
            written = export(pack)
            self.stdout.write("\n".join(written) if written else "The pack already says what the database says.")
            return
        loaded = self._load(pack)
        if act == "check":
            self.stdout.write(f"{pack.name}: {len(loaded.records)} records, nothing to correct.")
            return
        self._tell(apply(loaded, actor=None, dry_run=dry_run), dry_run=dry_run)

    def _load(self, directory: Path) -> Pack:
        pack = load(directory)
        for problem in pack.problems:
            self.stderr.write(str(problem))
        if pack.problems:
            raise CommandError(f"{directory.name}: {len(pack.problems)} problem(s); nothing was applied.")
        return pack

    def _tell(self, difference: Difference, *, dry_run: bool) -> None:
        for sign, names in (("+", difference.added), ("~", difference.changed), ("-", difference.retired)):
            if dry_run:
                for name in names:
                    self.stdout.write(f"{sign} {name}")
        self.stdout.write(
            f"{len(difference.added)} new, {len(difference.changed)} changed, "
            f"{len(difference.retired)} retired, {difference.unchanged} as before"
            + (" (dry run: nothing was written)" if dry_run else "")
        )
