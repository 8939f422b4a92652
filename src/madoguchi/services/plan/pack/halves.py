"""Half-years, months and keys as the pack writes them."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from madoguchi.lib.halfyear import HalfYear


def _half_year(text: str) -> str:
    HalfYear.parse(text)
    return text


def known(kind: str, where: str) -> AfterValidator:
    """A key that must exist among the records of `kind` when a whole pack is loaded."""

    def check(key: str, info: ValidationInfo) -> str:
        if info.context is not None and key not in info.context.get(kind, set()):
            raise ValueError(f"there is no {key!r} in {where}")
        return key

    return AfterValidator(check)


def split(value: object) -> object:
    """Keys in one cell of a table stand with spaces between."""
    return value.split() if isinstance(value, str) else value


Half = Annotated[str, AfterValidator(_half_year)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
