"""`madoguchi web`: the HTTP server."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from granian import Granian
from granian.constants import Interfaces

THREADS = 4


class Command(BaseCommand):
    help = "Serve pages and static files with granian. Put nginx in front at scale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *, workers: int, **options: object) -> None:  # noqa: ARG002
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madoguchi.project.settings")
        if metrics := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            Path(metrics).mkdir(parents=True, exist_ok=True)
            for left in Path(metrics).glob("*.db"):  # counts of processes that are gone
                left.unlink()
        Granian(
            "madoguchi.project.wsgi:application",
            address=settings.HOST if settings.HOST != "localhost" else "127.0.0.1",
            port=settings.PORT,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            log_enabled=False,
        ).serve()
