"""The services of this installation, in the order of `project/services.py`."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from madoguchi.kernel.registry.manifest import Service


@cache
def services() -> tuple[Service, ...]:
    return tuple(import_string(f"madoguchi.services.{slug}.manifest.SERVICE") for slug in settings.SERVICES)


def service(slug: str) -> Service:
    """The service of that slug. Raises: LookupError."""
    for found in services():
        if found.slug == slug:
            return found
    raise LookupError(f"no service {slug!r} in project/services.py")


def hooks(name: str) -> Iterator[tuple[Service, Any]]:
    """Every service that fills the manifest field `name`, with the object its dotted path names."""
    for found in services():
        if dotted := getattr(found, name):
            yield found, import_string(dotted)
