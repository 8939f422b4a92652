"""`madoguchi search rebuild`: the index anew, kind by kind."""

from django.core.management.base import BaseCommand, CommandParser

from madoguchi.kernel.search.index import Tally, rebuild


class Command(BaseCommand):
    help = (
        "Bring the search index to what the services say now. Safe to stop and to re-run; searching goes on meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["rebuild"])

    def handle(self, *, act: str, **options: object) -> None:  # noqa: ARG002
        def tell(kind: str, tally: Tally) -> None:
            self.stdout.write(f"{kind}: {tally.documents} documents, {tally.written} written, {tally.removed} removed")

        rebuild(tell)
