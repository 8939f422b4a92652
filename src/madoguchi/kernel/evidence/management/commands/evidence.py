"""`madoguchi evidence show|freeze`: the figures of a period, and fixing them."""

from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from madoguchi.kernel.evidence import actions, figures
from madoguchi.kernel.evidence.errors import AlreadyFrozen, NotOver
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "Show the figures of a period, or fix them so that they never change. Safe to re-run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["show", "freeze"])
        parser.add_argument("first", type=date.fromisoformat, help="first day, 2020-04-01")
        parser.add_argument("last", type=date.fromisoformat, help="last day, included")
        parser.add_argument("--key", action="append", dest="wanted", help="only this figure; may be repeated")
        parser.add_argument("--correcting", default="", help="why a figure is fixed anew with another value")

    def handle(
        self,
        *,
        act: str,
        first: date,
        last: date,
        wanted: list[str] | None,
        correcting: str,
        **options: object,  # noqa: ARG002
    ) -> None:
        try:
            period = figures.Period(first, last)
            for key in wanted or figures.keys():
                if act == "freeze":
                    actions.freeze(key, period, actor=None, now=clock.now(), correcting=correcting)
                self.stdout.write(self._line(key, period))
        except (LookupError, ValueError, NotOver, AlreadyFrozen) as error:
            raise CommandError(str(error.args[0])) from error

    def _line(self, key: str, period: figures.Period) -> str:
        found, fixed = figures.figure(key, period), actions.frozen(key, period)
        stands = f"fixed {fixed.value} on {clock.day_of(fixed.at)} (no. {fixed.number})" if fixed else "not fixed"
        return f"{key}: {found.value} {found.figure.unit.ja} · {stands}"
