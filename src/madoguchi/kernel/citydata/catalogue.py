"""Every collection of this installation, and the one place where stored JSON becomes what its schema says."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from madoguchi.kernel.citydata.collections import Collection
from madoguchi.kernel.citydata.schemas import COLLECTIONS
from madoguchi.kernel.registry.public import hooks


def collections() -> tuple[Collection, ...]:
    """Those of the city data, of the kernel above it (by name in the settings), and of every service."""
    above = (item for dotted in settings.CITYDATA_COLLECTIONS for item in import_string(dotted))
    return (*COLLECTIONS, *above, *(item for _, found in hooks("pack") for item in found))


def collection(kind: str) -> Collection:
    """The collection of that kind. Raises: LookupError."""
    for found in collections():
        if found.kind == kind:
            return found
    raise LookupError(f"no service declares the kind {kind!r}")


_parsed: dict[tuple[str, str], Any] = {}


def is_parsed(kind: str, *, digest: str) -> bool:
    """Whether `parse` remembers that content and needs no data."""
    return (kind, digest) in _parsed


def parse(kind: str, *, digest: str, data: dict[str, Any] | None) -> Any:
    """`data` as the schema of its kind; parsed once per content, for a digest names one content for ever."""
    if (kind, digest) not in _parsed:
        _parsed[kind, digest] = collection(kind).schema.model_validate(data)
    return _parsed[kind, digest]
