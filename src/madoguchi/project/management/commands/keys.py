"""`madoguchi keys`: the secrets of a new installation, written once."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from madoguchi.kernel.accounts.oidc import ensure_client_key
from madoguchi.kernel.vault.public import ensure_key_file


class Command(BaseCommand):
    help = "Write the key files that do not exist yet. Back them up apart from the database. Safe to re-run."
    requires_system_checks: list[str] = []

    def handle(self, **options: object) -> None:  # noqa: ARG002
        directory = Path(settings.KEY_DIR)
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = [
            name
            for name, was_written in (
                ("django.key", _ensure_secret(directory / "django.key")),
                ("vault.json", not settings.KMS_URL and ensure_key_file(directory / "vault.json")),
                ("oidc-client.pem", ensure_client_key(Path(settings.OIDC_RESIDENT["client_key"]))),
            )
            if was_written
        ]
        self.stdout.write(f"written: {', '.join(written)}" if written else "all keys are there")


def _ensure_secret(path: Path) -> bool:
    if path.exists():
        return False
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return True
