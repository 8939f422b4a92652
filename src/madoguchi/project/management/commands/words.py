"""`madoguchi words compile|check|update`: the message files in やさしい日本語 and English."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.citydata.pack import load
from madoguchi.kernel.language.public import rules_of
from madoguchi.lib import clock
from madoguchi.project import words


class Command(BaseCommand):
    help = (
        "Compile the message files, list what has no words yet or is hard to read in やさしい日本語 (ours and the city "
        "pack's), or bring the files up to date."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["compile", "check", "update"])

    def handle(self, *, act: str, **options: Any) -> None:  # noqa: ARG002
        source = settings.ROOT / "src" / "madoguchi"
        if act == "compile":
            self.stdout.write(f"{words.compile_all(source)} message file(s) compiled")
        elif act == "update":
            for path in words.update(source):
                self.stdout.write(path.relative_to(source).as_posix())
        else:
            self._check(source)

    def _check(self, source: Any) -> None:
        if lacking := words.missing(source):
            raise CommandError("\n".join(["Without words:", *lacking]))
        pack = load(settings.CITY_PACK)
        if pack.problems:
            raise CommandError("The city pack has problems; `madoguchi city check` names them.")
        rules = rules_of({(one.collection.kind, one.body.key): one.body for one in pack.records}, clock.today())
        if hard := words.hard(source, pack, rules):
            raise CommandError("\n".join([*hard, f"{len(hard)} place(s) are hard to read in やさしい日本語"]))
        self.stdout.write("every text has its words in every register, and those in やさしい日本語 are easy to read")
