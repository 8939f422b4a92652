"""Typed readers of environment variables; a bad value stops the start, names the variable and says what to write.

Every reader notes what it read: `docs/reference/settings.md` is written from these notes.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Setting:
    """A variable as the reference shows it."""

    name: str
    kind: str
    default: str
    about: str


READ: dict[str, Setting] = {}


def text(name: str, default: str, *, about: str = "", like: str = "", example: str = "") -> str:
    """Free text; with `like` the whole value has to match that pattern, of which `example` is one."""
    value = _read(name, "text", default, about) or default
    if like and value and not re.fullmatch(like, value):
        raise _wrong(name, value, f"write it like {example}")
    return value


def flag(name: str, *, default: bool, about: str = "") -> bool:
    value = _read(name, "1 or 0", "1" if default else "0", about).lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if value == "" else value in {"1", "true", "yes", "on"}
    raise _wrong(name, value, "is neither yes nor no: write 1 or 0")


def number(name: str, default: int, *, least: int = 0, most: int, about: str = "") -> int:
    value = _read(name, f"{least} to {most}", str(default), about)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise _wrong(name, value, f"write a whole number from {least} to {most}")
    return int(value)


def port(name: str, default: int, *, about: str = "") -> int:
    return number(name, default, least=1, most=65535, about=about)


def choice(name: str, default: str, *, of: Sequence[str], about: str = "", shown: str = "") -> str:
    """One of a few words; `shown` is the default as the reference tells it, where it depends on something."""
    value = _read(name, ", ".join(of), shown or default, about) or default
    if value not in of:
        raise _wrong(name, value, f"write one of {', '.join(of)}")
    return value


def url(name: str, default: str, *, about: str = "", sealed: bool = False) -> str:
    """An http address without a slash at its end; empty where that is the default. `sealed`: https but on loopback."""
    value = _read(name, "address", default, about) or default
    if value:
        _require_http(name, value)
    if sealed and value.startswith("http:") and urlsplit(value).hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise _wrong(name, value, "write https: people's data would go over the network in clear text")
    return value.rstrip("/")


def words(name: str, default: str, *, about: str = "") -> list[str]:
    """Words with commas between them, at least one."""
    value = _read(name, "list with commas", default, about) or default
    found = [word.strip() for word in value.split(",") if word.strip()]
    if not found:
        raise _wrong(name, value, f"write at least one, like {default}")
    return found


def path(name: str, default: Path, *, about: str = "") -> Path:
    return Path(_read(name, "path", str(default), about) or default).expanduser().resolve()


def folder(name: str, default: Path, *, about: str = "", remedy: str) -> Path:
    """A folder that has to be there already."""
    found = path(name, default, about=about)
    if not found.is_dir():
        raise _wrong(name, str(found), f"is no folder: {remedy}")
    return found


def secret(name: str, file: Path, *, demonstration: bool, about: str = "", remedy: str) -> str:
    """The secret from the environment, else from `file`; a demonstration may start without either."""
    value = _read(name, "secret", str(file), about)
    if value and len(value) < 16:
        raise ImproperlyConfigured(f"{name} is too short to protect anything: {remedy}")
    if value:
        return value
    if file.is_file():
        return file.read_text(encoding="ascii").strip()
    if demonstration:
        return "demonstration-only-" + "x" * 40
    raise ImproperlyConfigured(f"{name} is not set and {file} does not exist: {remedy}")


def token(name: str, *, about: str = "") -> str:
    """A secret that opens something; without it that stays shut."""
    value = _read(name, "secret", "none", about)
    if value and len(value) < 16:
        raise ImproperlyConfigured(f"{name} is too short to protect anything: write at least 16 characters")
    return value


def _read(name: str, kind: str, default: str, about: str) -> str:
    known = READ.get(name)
    READ[name] = Setting(name, kind, default, about or (known.about if known else ""))
    return os.environ.get(name, "").strip()


def _wrong(name: str, value: str, remedy: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}={value!r}: {remedy}")


def _require_http(name: str, value: str) -> None:
    try:
        parts = urlsplit(value)
        bad = parts.scheme not in {"http", "https"} or not parts.hostname or bool(parts.query or parts.fragment)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        bad = True
    if bad or parts.username is not None:
        raise _wrong(name, value, "write an address like https://madoguchi.example.lg.jp")
