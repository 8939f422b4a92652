"""Typed readers of environment variables; a bad value stops the start and names the variable."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if value == "" else value in {"1", "true", "yes", "on"}
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no (write 1 or 0)")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if value and not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number")
    return int(value) if value else default


def path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().resolve()


def secret(name: str, file: Path, *, demonstration: bool) -> str:
    """The secret from the environment, else from `file`; a demonstration may start without either."""
    if value := os.environ.get(name):
        return value
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    if demonstration:
        return "demonstration-only-" + "x" * 40
    raise ImproperlyConfigured(f"{name} is not set and {file.name} does not exist: run `madoguchi keys` once")
