"""A benchmark's own installation: a folder and a city, with Django set up in it or with servers that run."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import free_port, wait_until_ready


@contextmanager
def own_room(**environment: str) -> Iterator[Path]:
    """The folder; DATABASE_URL for PostgreSQL, nothing for SQLite. Imports of the project come inside."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(VAR=folder, CITY="example", DEMONSTRATION="1", **environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "madoguchi.project.settings"
        import django

        django.setup()
        yield Path(folder)


@contextmanager
def served(city: str, database_url: str = "") -> Iterator[tuple[int, dict[str, str]]]:
    """Port and environment of a demonstration that runs; its own folder, SQLite without `database_url`."""
    port = free_port()
    with tempfile.TemporaryDirectory() as room:
        environment = {
            **os.environ,
            "PORT": str(port),
            "IDENTITY_PORT": str(free_port()),
            "VAR": room,
            "CITY": city,
            "DATABASE_URL": database_url,
            "DEMONSTRATION": "1",
            "DJANGO_SETTINGS_MODULE": "madoguchi.project.settings",
        }
        log = Path(room) / "up.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "madoguchi.project", "up"],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
            )
            try:
                wait_until_ready(f"http://127.0.0.1:{port}", process, log)
                yield port, environment
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(30)
