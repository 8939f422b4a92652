"""`madoguchi audit verify`: does the chain hold?"""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.audit.chain import broken_links
from madoguchi.kernel.audit.models import Line


class Command(BaseCommand):
    help = "Verify the audit trail. Names every line that was changed, dropped, inserted or moved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, **options: object) -> None:  # noqa: ARG002
        lines = Line.objects.order_by("number")
        broken = list(broken_links(lines.iterator(chunk_size=2000)))
        for link in broken:
            self.stderr.write(f"line {link.number}: {link.reason}")
        if broken:
            raise CommandError(f"The chain is broken in {len(broken)} place(s).")
        self.stdout.write(f"{lines.count()} lines, the chain holds.")
