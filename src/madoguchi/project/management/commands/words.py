"""`madoguchi words compile|check|update`: the message files in やさしい日本語 and English."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.project import words


class Command(BaseCommand):
    help = "Compile the message files, list what has no words yet, or bring the files up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["compile", "check", "update"])

    def handle(self, *, act: str, **options: object) -> None:  # noqa: ARG002
        source = settings.ROOT / "src" / "madoguchi"
        if act == "compile":
            self.stdout.write(f"{words.compile_all(source)} message file(s) compiled")
        elif act == "update":
            for path in words.update(source):
                self.stdout.write(path.relative_to(source).as_posix())
        elif lacking := words.missing(source):
            raise CommandError("\n".join(["Without words:", *lacking]))
        else:
            self.stdout.write("every text has its words in every register")
