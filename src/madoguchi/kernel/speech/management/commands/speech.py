"""`madoguchi speech prepare`: the sounds of the most important pages, before anybody asks."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.speech import engine
from madoguchi.kernel.speech.actions import prepare, tidy
from madoguchi.lib import clock


class Command(BaseCommand):
    help = (
        "prepare: have the worker speak the pages of the pack's speech.yaml and those that people listened to, as they"
        " are now. tidy: drop what nobody heard for long. Both run every night, too, and are safe to re-run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["prepare", "tidy"])

    def handle(self, *, act: str, **options: object) -> None:  # noqa: ARG002
        if act == "tidy":
            self.stdout.write(f"{tidy(now=clock.now())} sounds dropped")
            return
        if not engine.is_installed():
            raise CommandError("No voice is installed: pip install 'madoguchi[speech]'")
        self.stdout.write(f"{prepare(now=clock.now())} pages queued")
