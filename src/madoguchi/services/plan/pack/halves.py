"""Half-years and months as the pack writes them."""

from typing import Annotated

from pydantic import AfterValidator, Field

from madoguchi.lib.halfyear import HalfYear


def _half_year(text: str) -> str:
    HalfYear.parse(text)
    return text


Half = Annotated[str, AfterValidator(_half_year)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
