"""期の日程: when a half-year is opened, due and checked, by the days of the rulebook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from madoguchi.lib.halfyear import HalfYear

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import Rulebook


@dataclass(frozen=True)
class Dates:
    """The days of one period."""

    opens_on: date
    due_on: date
    check_by: date


def dates(half: HalfYear, book: "Rulebook") -> Dates:
    def after(days: int) -> date:
        return half.last + timedelta(days=days)

    return Dates(after(book.opens_after_days), after(book.due_after_days), after(book.check_after_days))


def book_on(books: Sequence["Rulebook"], on: date) -> "Rulebook":
    """The rulebook in force that day. Raises: LookupError before the first."""
    for book in sorted(books, key=lambda found: found.since, reverse=True):
        if book.since <= on:
            return book
    raise LookupError(f"plan/rulebook.yaml has no rulebook for {on}; add one with an earlier `from`")


def opening(halves: Sequence[HalfYear], book: "Rulebook", today: date) -> HalfYear | None:
    """The half-year whose report is asked for today: it is over, and the time to check it is not."""
    for half in halves:
        found = dates(half, book)
        if found.opens_on <= today <= found.check_by:
            return half
    return None


def reminds(due_on: date, book: "Rulebook", today: date) -> bool:
    """Whether those who have not reported hear of it today: some days before, then at every interval after."""
    days = (today - due_on).days
    return (
        -days in book.remind_before_days if days <= 0 else days % book.remind_every_days == 1 % book.remind_every_days
    )
