"""`madoguchi demo`: the fictional staff of a demonstration."""

from pathlib import Path

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from madoguchi.kernel.accounts.actions import ensure_staff, give_totp
from madoguchi.lib import clock

PASSWORD = "madoguchi-demo"  # noqa: S105 - printed on purpose, loopback only
TOTP_SECRET = "MADOGUCHIDEMOMADOGUCHIDEMOMADOGU"  # noqa: S105 - one rehearsal authenticator for all of them
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    help = "Create the fictional staff of the city pack (demo/staff.yaml). Safe to re-run."

    def handle(self, **options: object) -> None:  # noqa: ARG002
        if not settings.DEMONSTRATION or settings.HOST not in LOOPBACK:
            raise CommandError(
                "Demonstration people have known passwords: they exist only with DEMONSTRATION=1 on loopback."
            )
        for entry in staff_entries():
            person = ensure_staff(
                entry["username"],
                name=entry["name"],
                password=PASSWORD,
                posts=[(post["section"], post["role"]) for post in entry["posts"]],
                today=clock.today(),
                actor=None,
            )
            give_totp(person, secret=TOTP_SECRET, now=clock.now(), actor=None)


def staff_entries() -> list[dict]:
    path = Path(settings.CITY_PACK) / "demo" / "staff.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["staff"] if path.exists() else []
