"""図31: what is asked of staff by stage and rank, and the courses that teach it. Staff pages speak Japanese."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from madoguchi.kernel.citydata.public import PackModel, PackRecord


class SkillColumn(PackModel):
    """部門・職層. `owner_only`: asked of the section that owns the plan (システム部門)."""

    key: str
    name: str
    posts: str
    owner_only: bool = False


class SkillRow(PackModel):
    """段階: what it asks of each column; every item is one question of the self-assessment."""

    key: str
    stage: str
    name: str
    asks: dict[str, tuple[str, ...]]


class Band(PackModel):
    """How a share of people is told: by the first band whose limit (per cent) holds."""

    name: str
    at_most: float


class Skills(PackRecord):
    """職員に求めるICTスキル (key `skills`)."""

    columns: tuple[SkillColumn, ...] = Field(min_length=1)
    rows: tuple[SkillRow, ...] = Field(min_length=1)
    levels: tuple[str, ...] = Field(min_length=2)  # lowest first
    needed_level: int = Field(ge=1)  # place in `levels`; below it there is a gap
    fewest_answers: int = Field(ge=3)  # a group of fewer people is not shown
    bands: tuple[Band, ...] = Field(min_length=2)
    keep_days: int = Field(ge=1)  # an answer older than this is deleted

    @model_validator(mode="after")
    def _whole(self) -> Self:
        keys = {column.key for column in self.columns}
        for row in self.rows:
            if set(row.asks) != keys or not all(row.asks.values()):
                raise ValueError(f"the row {row.key} has to ask something of {', '.join(sorted(keys))}")
        if self.needed_level >= len(self.levels):
            raise ValueError("needed_level is a place in levels, counted from 0")
        limits = [band.at_most for band in self.bands]
        if limits != sorted(set(limits)) or limits[-1] != 100:
            raise ValueError("the bands rise, and the last one ends at 100")
        return self


class Course(PackRecord):
    """研修・講座: which rows it teaches to which columns. After `until` it is not offered any more."""

    name: str
    rows: tuple[str, ...] = Field(min_length=1)
    columns: tuple[str, ...] = Field(min_length=1)
    hours: float = Field(gt=0)
    held: str = ""
    until: date | None = None
