"""What stands beside the plan: the previous plan, and other municipalities."""

from typing import Annotated

from pydantic import BeforeValidator

from madoguchi.kernel.citydata.public import PackRecord, SectionKey
from madoguchi.services.plan.pack.halves import split


class PreviousMeasure(PackRecord):
    """前計画: one measure and what became of it. `sections` are keys with spaces between."""

    number: int
    field: str
    name: str
    sections: Annotated[tuple[SectionKey, ...], BeforeValidator(split)]
    result: str


class Peer(PackRecord):
    """図7: the share of municipalities that have something, and whether this city has it."""

    item: str
    year: int
    national_percent: float
    national_count: int
    municipalities: int | None = None  # how many were asked; None: not stated
    city_done: bool
    note: str = ""
