"""What has to be true before the servers start; each step looks first and does nothing when it is."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

Tell = Callable[[str], None]


def prepare(tell: Tell) -> None:
    """Keys, database, words, city pack, demonstration people, static files."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("keys", verbosity=0, stdout=_Silent())
    if _unapplied_migrations():
        tell("creating the database")
        call_command("migrate", verbosity=0, interactive=False)
    _once(
        "words",
        _state(settings.ROOT / "src", "*.po") + _state(settings.CITY_PACK, "*.po"),
        lambda: (tell("compiling the words"), call_command("words", "compile", stdout=_Silent())),
    )
    _once(
        "pack",
        _state(settings.CITY_PACK, "*"),
        lambda: (
            tell(f"applying the city pack {settings.CITY_PACK.name}"),
            call_command("city", "apply", conflicts="staff", stdout=_Silent()),
        ),
    )
    call_command("demo")
    _once(
        "static",
        _state(settings.ROOT / "src", "static/**/*") + _state(settings.CITY_PACK, "theme/*"),
        lambda: (
            tell("collecting static files"),
            call_command("collectstatic", verbosity=0, interactive=False),
        ),
    )


class _Silent:
    def write(self, text: str) -> None: ...


def _unapplied_migrations() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _state(directory: Path, pattern: str) -> str:
    """A digest of names, sizes and times of the matching files."""
    digest = hashlib.sha256()
    for path in sorted(directory.rglob(pattern)):
        if path.is_file():
            status = path.stat()
            digest.update(f"{path}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _once(name: str, state: str, act: Callable[[], object]) -> None:
    """Run `act` unless it already ran for this state of files and this database."""
    stamp = settings.VAR / f".{name}.stamp"
    wanted = f"{state} {settings.DATABASES['default']['NAME']}"
    if not stamp.exists() or stamp.read_text() != wanted:
        act()
        stamp.write_text(wanted)
