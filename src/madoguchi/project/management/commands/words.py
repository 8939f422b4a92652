"""`madoguchi words compile|check|update|add`: the message files of our registers and of languages a city adds."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import to_locale

from madoguchi.kernel.citydata.pack import load
from madoguchi.kernel.language.public import rules_of
from madoguchi.lib import clock
from madoguchi.project import words
from madoguchi.project.languages import ADDABLE


class Command(BaseCommand):
    help = (
        "Compile the message files, list what has no words yet or is hard to read in やさしい日本語 (ours and the city "
        "pack's), bring the files up to date, or add a language to the city pack."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["compile", "check", "update", "add"])
        parser.add_argument("language", nargs="?", choices=sorted(to_locale(code) for code in ADDABLE), metavar="ko")

    def handle(self, *, act: str, language: str | None, **options: Any) -> None:  # noqa: ARG002
        source = settings.ROOT / "src" / "madoguchi"
        if act == "compile":
            written = words.compile_all(source) + words.compile_all(settings.CITY_PACK)
            self.stdout.write(f"{written} message file(s) compiled")
        elif act == "update":
            for path in words.update(source, settings.CITY_PACK):
                self.stdout.write(path.relative_to(settings.ROOT).as_posix())
        elif act == "add":
            if language is None:
                raise CommandError("Which language? For example: madoguchi words add ko")
            self.stdout.write(str(words.add(source, settings.CITY_PACK, language)))
        else:
            self._check(source)

    def _check(self, source: Any) -> None:
        if lacking := words.missing(source, settings.CITY_PACK):
            raise CommandError("\n".join(["Without words:", *lacking]))
        pack = load(settings.CITY_PACK)
        if pack.problems:
            raise CommandError("The city pack has problems; `madoguchi city check` names them.")
        rules = rules_of({(one.collection.kind, one.body.key): one.body for one in pack.records}, clock.today())
        if hard := words.hard(source, pack, rules):
            raise CommandError("\n".join([*hard, f"{len(hard)} place(s) are hard to read in やさしい日本語"]))
        self.stdout.write("every text has its words in every register, and those in やさしい日本語 are easy to read")
