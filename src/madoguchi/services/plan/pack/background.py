"""What stands beside the plan: the previous plan, and other municipalities."""

from pydantic import field_validator

from madoguchi.kernel.citydata.public import PackRecord, SectionKey


class PreviousMeasure(PackRecord):
    """前計画: one measure and what became of it. `sections` are keys with spaces between."""

    number: int
    field: str
    name: str
    sections: tuple[SectionKey, ...]
    result: str

    @field_validator("sections", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return value.split() if isinstance(value, str) else value


class Peer(PackRecord):
    """図7: the share of municipalities that have something, and whether this city has it."""

    item: str
    year: int
    national_percent: float
    national_count: int
    city_done: bool
    note: str = ""
