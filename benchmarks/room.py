"""A benchmark's own installation: a folder, the example city, Django set up in it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_room(**environment: str) -> Iterator[Path]:
    """The folder; DATABASE_URL for PostgreSQL, nothing for SQLite. Imports of the project come inside."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(VAR=folder, CITY="example", DEMONSTRATION="1", **environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "madoguchi.project.settings"
        import django

        django.setup()
        yield Path(folder)
