"""`madoguchi retention`: what is past its period, and erasing what needs nobody's decision."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from madoguchi.kernel.retention.jobs import sweep
from madoguchi.kernel.retention.rules import preview, rules
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "preview: what each rule would erase today, by month. sweep: erase what needs no decision; each night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["preview", "sweep"])

    def handle(self, *, act: str, **options: Any) -> None:  # noqa: ARG002
        if act == "sweep":
            for key, count in sweep(now=clock.now()).items():
                self.stdout.write(f"{key}: {count} erased")
            return
        for rule in rules().values():
            found = preview(rule, today=clock.today())
            decides = "a person decides (/retention/)" if rule.needs_decision else "erased by sweep"
            self.stdout.write(f"{rule.key}: {found.count} to erase, {found.held} held; {decides}")
            for month, count in found.months:
                self.stdout.write(f"  due {month:%Y-%m}: {count}")
