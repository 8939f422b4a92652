"""What a city pack may hold: each collection is a set of files, a kind and a schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo


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
