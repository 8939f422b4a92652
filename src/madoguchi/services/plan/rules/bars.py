"""Places of bars on the plan's line of half-years, and the marks of a whole measure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from madoguchi.lib.halfyear import HalfYear

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import Bar, Task

# What a half-year of a measure is: planned, after the start of a bar without an end, without a bar, or not stated.
Mark = Literal["planned", "open", "none", "unknown"]


@dataclass(frozen=True)
class Places:
    """A bar by the places of its half-years, counted from the plan's first; `last` None is an open end."""

    first: int
    last: int | None


def places(bars: Iterable["Bar"], first: HalfYear) -> list[Places]:
    """Where bars lie on the plan's line of half-years."""

    def place(half: str) -> int:
        found = HalfYear.parse(half)
        return (found.year - first.year) * 2 + found.half - first.half

    return [Places(place(bar.first), place(bar.last) if bar.last else None) for bar in bars]


def marks(tasks: Sequence["Task"], halves: Sequence[HalfYear]) -> list[Mark]:
    """One mark a half-year for all tasks together. Where a task states no time, an empty half-year is unknown."""
    blank: Mark = "unknown" if not tasks or any(task.planned is None for task in tasks) else "none"
    found: list[Mark] = [blank] * len(halves)
    all_places = [place for task in tasks for place in places(task.planned or (), halves[0])]
    for bar in all_places:
        if bar.last is None:
            found[bar.first + 1 :] = ["open"] * (len(halves) - bar.first - 1)
    for bar in all_places:
        end = bar.first if bar.last is None else bar.last
        found[bar.first : end + 1] = ["planned"] * (end - bar.first + 1)
    return found
