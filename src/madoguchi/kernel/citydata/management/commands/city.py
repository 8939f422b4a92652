"""`madoguchi city check|apply|export`: the city pack against schemas, into the database, and back."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.citydata.actions import Conflicts, Difference, Winner, apply
from madoguchi.kernel.citydata.export import export
from madoguchi.kernel.citydata.pack import Pack, load

REMEDY = (
    "{count} record(s) were changed by staff and by the pack; nothing was applied. See them with --dry-run, bring both "
    "together (`madoguchi city export` writes the edits of staff into the pack), or say whose word counts: "
    "--conflicts staff, --conflicts pack."
)


class Command(BaseCommand):
    help = "Check a city pack, apply it (safe to re-run), or export the edits of staff back to it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["check", "apply", "export"])
        parser.add_argument("--pack", type=Path, default=Path(settings.CITY_PACK), help="pack directory")
        parser.add_argument("--dry-run", action="store_true", help="with apply: only show the difference")
        parser.add_argument(
            "--conflicts",
            choices=["nobody", "staff", "pack"],
            default="nobody",
            help="with apply: whose word counts where staff and the pack changed the same record",
        )

    def handle(self, *, act: str, pack: Path, dry_run: bool, conflicts: Winner, **options: object) -> None:  # noqa: ARG002
        if act == "export":
            written = export(pack)
            self.stdout.write("\n".join(written) if written else "The pack already says what the database says.")
            return
        loaded = self._load(pack)
        if act == "check":
            self.stdout.write(f"{pack.name}: {len(loaded.records)} records, nothing to correct.")
            return
        try:
            difference = apply(loaded, actor=None, dry_run=dry_run, conflicts=conflicts)
        except Conflicts as error:
            for name in error.names:
                self.stderr.write(f"! {name}")
            raise CommandError(REMEDY.format(count=len(error.names))) from error
        self._tell(difference, dry_run=dry_run)

    def _load(self, directory: Path) -> Pack:
        pack = load(directory)
        for problem in pack.problems:
            self.stderr.write(str(problem))
        if pack.problems:
            raise CommandError(f"{directory.name}: {len(pack.problems)} problem(s); nothing was applied.")
        return pack

    def _tell(self, difference: Difference, *, dry_run: bool) -> None:
        for sign, names in (
            ("+", difference.added),
            ("~", difference.changed),
            ("-", difference.retired),
            ("=", difference.kept),
            ("!", difference.conflicts),
        ):
            if dry_run:
                for name in names:
                    self.stdout.write(f"{sign} {name}")
        self.stdout.write(
            f"{len(difference.added)} new, {len(difference.changed)} changed, "
            f"{len(difference.retired)} retired, {difference.unchanged} as before, "
            f"{len(difference.kept)} kept as staff edited them, {len(difference.conflicts)} changed by both"
            + (" (dry run: nothing was written)" if dry_run else "")
        )
