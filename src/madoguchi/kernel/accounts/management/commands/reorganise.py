"""`madoguchi reorganise`: the plans whose day has come."""

from datetime import date

from django.core.management.base import BaseCommand, CommandParser

from madoguchi.kernel.accounts.actions import apply_due_reorganisations
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "Apply every planned reorganisation whose day has come. Safe to re-run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", type=date.fromisoformat, help="as if today were this day; today when left out")

    def handle(self, *, date: date | None, **options: object) -> None:  # noqa: ARG002
        applied = apply_due_reorganisations(today=date or clock.today(), now=clock.now())
        for plan in applied:
            self.stdout.write(f"applied: {plan.title} ({plan.effective_on.isoformat()})")
        self.stdout.write(f"{len(applied)} reorganisation(s) applied")
