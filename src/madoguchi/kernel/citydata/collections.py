"""What a city pack may hold: each collection is a set of files, a kind and a schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from django.conf import settings
from django.utils.module_loading import import_string
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo

from madoguchi.kernel.registry.public import hooks


class PackModel(BaseModel):
    """Base of every schema: unknown fields are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PackRecord(PackModel):
    """A record of the pack: a stable key, and where its content comes from."""

    key: str
    source: str


def _known(kind: str) -> Any:
    def check(value: str, info: ValidationInfo) -> str:
        keys: Mapping[str, set[str]] | None = info.context
        if keys is not None and value not in keys.get(kind, set()):
            raise ValueError(f"there is no {kind} {value!r} in this pack")
        return value

    return AfterValidator(check)


# A key that must exist elsewhere in the same pack; checked when a whole pack is loaded.
SectionKey = Annotated[str, _known("section")]
ParameterKey = Annotated[str, _known("parameter")]


@dataclass(frozen=True)
class Collection:
    """Files matching `glob`; a file is one record, or a list of them under the key `many`, or a CSV table."""

    kind: str
    glob: str
    schema: type[PackRecord]
    many: str | None = None


def collections() -> tuple[Collection, ...]:
    """Those of the city data, of the kernel above it (by name in the settings), and of every service."""
    from madoguchi.kernel.citydata.schemas import COLLECTIONS

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
