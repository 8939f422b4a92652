"""`madoguchi vault`: which keys there are, and a turn of them while everything runs."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.vault import keyfile, resealing, turning
from madoguchi.kernel.vault.errors import CannotUnwrap, KeeperAway
from madoguchi.kernel.vault.models import DataKey
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "status: keys, and what names an older one. rotate: new keys while running. reseal: here, not by a worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["status", "rotate", "reseal"])

    def handle(self, *, act: str, **options: Any) -> None:  # noqa: ARG002
        try:
            {"status": self._status, "rotate": self._rotate, "reseal": self._reseal}[act]()
        except (CannotUnwrap, KeeperAway, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error

    def _status(self) -> None:
        for key in DataKey.objects.all():
            state = "opens nothing" if not key.wrapped else "opens only" if key.retired_at else "seals"
            self.stdout.write(f"{key.name}  {key.use:<10}  {state:<13}  {key.made_at:%Y-%m-%d %H:%M}  {key.wrapped_by}")
        waiting = {name: count for name, count in resealing.waiting().items() if count}
        for name, count in waiting.items():
            self.stdout.write(f"{count} in {name} name an older key")
        if not waiting:
            self.stdout.write("everything is sealed with the key that seals now")
        wrapping = {key.wrapped.partition(":")[0] for key in DataKey.objects.exclude(wrapped="")}
        idle = sorted(set(keyfile.key_ring().keys) - wrapping - self._still_sealing())
        if idle:
            self.stdout.write(f"in the key file, needed for older backups only: {', '.join(idle)}")

    def _still_sealing(self) -> set[str]:
        closed = set(DataKey.objects.filter(use=DataKey.Use.FIRST_RING).values_list("name", flat=True))
        return {"k1"} - closed  # the one key that releases before the data keys had

    def _rotate(self) -> None:
        names = " and ".join(turning.turn(clock.now()))
        self.stdout.write(f"{names} seal from now on; the worker seals older values anew (`madoguchi vault status`)")
        self.stdout.write("Take a backup with its keys: the backups before need the keys that were taken with them.")

    def _reseal(self) -> None:
        done = resealing.reseal()
        self.stdout.write(f"{done.resealed} sealed anew")
        for name in done.damaged:
            self.stdout.write(f"does not open: {name}")
        if done.damaged:
            raise CommandError("Some values do not open with any key. Find them in a backup.")
