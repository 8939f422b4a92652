"""`madoguchi events list|replay`: what is published and who hears it; telling it again."""

from argparse import ArgumentParser
from datetime import date, datetime, time

from django.core.management.base import BaseCommand, CommandError

from madoguchi.kernel.events import actions
from madoguchi.kernel.events.hearing import hearers, published
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "List the events and their hearers, or tell the hearers again what happened since a day. Safe to re-run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="every event and who hears it")
        replay = acts.add_parser("replay", help="tell it again; also to hearers that came later")
        replay.add_argument("--since", type=date.fromisoformat, required=True, help="first day, 2026-04-01")
        replay.add_argument("--name", help="only this event")
        replay.add_argument("--hearer", help="only this hearer, as `list` shows it")

    def handle(self, *, act: str, **options: object) -> None:
        if act == "list":
            for name, words in sorted(published().items()):
                self.stdout.write(f"{name}  {words}  → {', '.join(hearers().get(name, ())) or 'nobody'}")
        else:
            self._replay(options["since"], options["name"], options["hearer"])  # type: ignore[arg-type]

    def _replay(self, since: date, name: str | None, hearer: str | None) -> None:
        if name is not None and name not in published():
            raise CommandError(f"No event is called {name}. `madoguchi events list` names them.")
        if hearer is not None and not any(hearer in those for those in hearers().values()):
            raise CommandError(f"Nobody hears as {hearer}. `madoguchi events list` names the hearers.")
        midnight = datetime.combine(since, time.min, clock.TOKYO)
        count = actions.replay(since=midnight, name=name, hearer=hearer)
        self.stdout.write(f"{count} tellings queued; the workers do them.")
