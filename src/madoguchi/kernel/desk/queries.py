"""Reads that are worth a name."""

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.desk.models import Closed, LastFilters, SavedView


def opening(person: Person, page: str) -> str:
    """The filters a list opens with, as the query of an address: the default view's, else the last ones."""
    default = SavedView.objects.filter(person=person, page=page, is_default=True).first()
    found = default or LastFilters.objects.filter(person=person, page=page).first()
    return found.query if found else ""


def saved_views(person: Person, page: str) -> list[SavedView]:
    """In the order in which they were made."""
    return list(SavedView.objects.filter(person=person, page=page))


def closed(person: Person) -> set[str]:
    """What a person has closed for good, of `CLOSABLE`."""
    return set(Closed.objects.filter(person=person).values_list("what", flat=True))
