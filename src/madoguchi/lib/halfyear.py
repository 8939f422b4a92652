"""半期: the half fiscal year by which the plan is scheduled, written 2020H1."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from madoguchi.lib import wareki

_TEXT = re.compile(r"(\d{4})H([12])")


@total_ordering
@dataclass(frozen=True)
class HalfYear:
    """`year` is the fiscal year; half 1 is April to September, half 2 October to March."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2):
            raise ValueError(f"a fiscal year has halves 1 and 2, not {self.half}")

    @classmethod
    def parse(cls, text: str) -> "HalfYear":
        """Raises: ValueError unless the text looks like 2020H1."""
        found = _TEXT.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a half-year; write for example 2020H1")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        return cls(wareki.fiscal_year(day), 1 if 4 <= day.month <= 9 else 2)

    def __str__(self) -> str:
        return f"{self.year}H{self.half}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, HalfYear):
            return NotImplemented
        return (self.year, self.half) < (other.year, other.half)

    @property
    def label(self) -> str:
        """令和2年度上半期."""
        return f"{wareki.fiscal_year_label(self.year)}{'上' if self.half == 1 else '下'}半期"

    @property
    def label_en(self) -> str:
        """First half of FY2020."""
        return f"{'First' if self.half == 1 else 'Second'} half of FY{self.year}"

    def contains(self, day: date) -> bool:
        """Whether the day lies in this half-year."""
        return self == HalfYear.of(day)

    @property
    def first(self) -> date:
        return date(self.year, 4, 1) if self.half == 1 else date(self.year, 10, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "HalfYear":
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    def through(self, last: "HalfYear") -> Iterator["HalfYear"]:
        """This half-year and those after it, up to and with `last`."""
        current = self
        while current <= last:
            yield current
            current = current.next
