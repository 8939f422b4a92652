"""A consistent copy of the running database, and back: SQLite by its backup interface, PostgreSQL by pg_dump."""

import os
import secrets
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from madoguchi.kernel.backup.errors import BackupStopped

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
PAGES_A_STEP = 4096  # between steps writers get their turn


def vendor_of(database: Mapping[str, Any]) -> str:
    """`sqlite` or `postgresql`, of Django's settings for a database."""
    return "sqlite" if database["ENGINE"].endswith("sqlite3") else "postgresql"


def dump(database: Mapping[str, Any], target: Path) -> None:
    """Write the database as of one moment to `target`, while others go on writing. Raises: BackupStopped."""
    if vendor_of(database) == "sqlite":
        _copy_sqlite(Path(database["NAME"]), target)
    else:
        _run(database, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(database: Mapping[str, Any], source: Path) -> None:
    """Fill an empty database from a dump, all of it or nothing. Raises: BackupStopped."""
    if vendor_of(database) == "sqlite":
        target = Path(database["NAME"])
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.partial")
        _copy_sqlite(source, partial)
        partial.replace(target)
    else:
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        _run(database, "pg_restore", *options, f"--dbname={database['NAME']}", str(source))


def is_empty(database: Mapping[str, Any]) -> bool:
    """Whether nothing would be overwritten: no file, or no table of ours."""
    if vendor_of(database) == "sqlite":
        return not Path(database["NAME"]).exists()
    with _connection(database) as connection:
        found = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    return found is None or found[0] is None


@contextmanager
def throwaway(database: Mapping[str, Any]) -> Iterator[str]:
    """The URL of an empty database on the same server, dropped afterwards; "" for SQLite, which makes its own file."""
    if vendor_of(database) == "sqlite":
        yield ""
        return
    name = f"madoguchi_drill_{secrets.token_hex(6)}"
    user = quote(database["USER"], safe="") + (
        f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    )
    port = f":{database['PORT']}" if database["PORT"] else ""
    with _connection(database) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield f"postgres://{user}@{database['HOST']}{port}/{name}"
    finally:
        with _connection(database) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _connection(database: Mapping[str, Any]) -> Any:
    import psycopg  # not at start, and not at all with SQLite

    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    options = {name: database[key] for name, key in names.items() if database[key]}
    return psycopg.connect(autocommit=True, **options)


def _copy_sqlite(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as origin,
            closing(sqlite3.connect(target)) as copy,
        ):
            origin.backup(copy, pages=PAGES_A_STEP)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without its log beside it
            (state,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        message = f"The database could not be copied ({error}). Is the disk full? Nothing was kept."
        raise BackupStopped(message) from error
    if state != "ok":
        target.unlink(missing_ok=True)
        raise BackupStopped(f"The copied database is damaged ({state}). Nothing was kept; keep the older backups.")


def _run(database: Mapping[str, Any], program: str, *arguments: str) -> None:
    environment = {
        **os.environ,
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    given = {name: str(value) for name, value in environment.items() if value}
    try:
        subprocess.run([program, *arguments], env=given, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupStopped(f"{program} is not on this machine: install postgresql-client.") from error
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:] or ["no message"]
        raise BackupStopped(f"{program} stopped: {last[0]}") from error
