"""Access rules of routes: each view carries one, and the middleware refuses a view without."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])


class Level(Enum):
    PUBLIC = "public"
    RESIDENT = "resident"
    SIGNED_IN = "signed_in"
    STAFF = "staff"


@dataclass(frozen=True)
class Access:
    """Who may open a route. `identity` is the lowest identity level (1–3) of a resident's sign-in.

    `fresh_minutes` asks for a proof of identity not older than that; 0 asks for none.
    """

    level: Level
    permission: str = ""
    identity: int = 1
    fresh_minutes: int = 0


def _mark(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def public_page(view: View) -> View:
    """Everyone, without signing in."""
    return _mark(view, Access(Level.PUBLIC))


def signed_in_page(view: View) -> View:
    """Residents and staff who are signed in; the view itself checks the object."""
    return _mark(view, Access(Level.SIGNED_IN))


def resident_page(*, identity: int = 1, fresh_minutes: int = 0) -> Callable[[View], View]:
    """A resident whose sign-in reached the identity level, recently enough."""
    return lambda view: _mark(view, Access(Level.RESIDENT, identity=identity, fresh_minutes=fresh_minutes))


def staff_page(permission: str = "", *, fresh_minutes: int = 0) -> Callable[[View], View]:
    """Staff with the permission in at least one section; the view or action checks the object's section.

    Without a permission: every member of staff, for matters of their own.
    """
    return lambda view: _mark(view, Access(Level.STAFF, permission=permission, fresh_minutes=fresh_minutes))


def is_public(request: HttpRequest) -> bool:
    """Whether the route that answered is open to everyone."""
    match = request.resolver_match
    access: Access | None = getattr(match.func, "access", None) if match else None
    return access is not None and access.level is Level.PUBLIC
