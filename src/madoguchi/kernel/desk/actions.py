"""What a person keeps at hand: the last filters of a list, views with names, what they closed for good."""

from uuid import UUID

from django.db import transaction

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.desk.errors import TooManyViews
from madoguchi.kernel.desk.models import Closed, LastFilters, SavedView

MOST_VIEWS = 20
CLOSABLE = {"first-steps", "desk-first-steps", "keys"}


def remember(person: Person, page: str, query: str) -> None:
    """Keep how the list was narrowed last; written only when that changed. One query otherwise."""
    last = LastFilters.objects.filter(person=person, page=page).first()
    if query != (last.query if last else ""):
        LastFilters.objects.update_or_create(person=person, page=page, defaults={"query": query})


@transaction.atomic
def save_view(person: Person, page: str, *, name: str, query: str, is_default: bool) -> SavedView:
    """Keep filters under a name; the same name once more replaces them. Raises: TooManyViews."""
    mine = list(SavedView.objects.select_for_update().filter(person=person, page=page))
    view = next((one for one in mine if one.name == name), None)
    if view is None and len(mine) >= MOST_VIEWS:
        raise TooManyViews(MOST_VIEWS)
    view = view or SavedView(person=person, page=page, name=name)
    view.query, view.is_default = query, is_default
    if is_default:
        _no_default(person, page)
    view.save()
    return view


@transaction.atomic
def set_default(person: Person, view_uid: UUID, *, is_default: bool) -> None:
    """Let the list open with this view, or no longer. Raises: DoesNotExist for anyone else's."""
    view = SavedView.objects.select_for_update().get(person=person, uid=view_uid)
    _no_default(person, view.page)
    view.is_default = is_default
    view.save(update_fields=["is_default"])


def _no_default(person: Person, page: str) -> None:
    SavedView.objects.filter(person=person, page=page, is_default=True).update(is_default=False)


def delete_view(person: Person, view_uid: UUID) -> None:
    """Deleting it once more changes nothing."""
    SavedView.objects.filter(person=person, uid=view_uid).delete()


def set_closed(person: Person, what: str, *, is_closed: bool) -> None:
    """Close one of `CLOSABLE` for good, or open it again; once more changes nothing."""
    if is_closed:
        Closed.objects.get_or_create(person=person, what=what)
    else:
        Closed.objects.filter(person=person, what=what).delete()
