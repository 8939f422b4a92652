"""Who may do what: a post gives a role, a role gives permissions, in the sections of the post."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q

from madoguchi.kernel.accounts.errors import NotAllowed
from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.citydata.public import records
from madoguchi.lib import clock


class HasSection(Protocol):
    """A target that belongs to a section."""

    section_key: str


@dataclass(frozen=True)
class Grant:
    """One permission in one section; `section_key` None means every section."""

    permission: str
    section_key: str | None


def grants(person: Person, *, on: date) -> frozenset[Grant]:
    """Everything the posts a person holds that day allow. Two queries, then remembered on the person."""
    remembered: dict[date, frozenset[Grant]] = person.__dict__.setdefault("_grants", {})
    if on not in remembered:
        roles = {role.key: role for role in records("role")} if person.is_staff_member else {}
        posts = person.posts.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)
        remembered[on] = frozenset(
            Grant(permission, None if role.everywhere else post.section_key)
            for post in (posts if roles else ())
            if (role := roles.get(post.role_key))
            for permission in role.permissions
        )
    return remembered[on]


def sections_with(person: Person, permission: str) -> frozenset[str] | None:
    """The sections in which a person has the permission; None means all of them."""
    found = {grant.section_key for grant in grants(person, on=clock.today()) if grant.permission == permission}
    return None if None in found else frozenset(key for key in found if key)


def may(person: Person, permission: str, target: HasSection | None = None) -> bool:
    """Whether the person has the permission, in the target's section when there is a target."""
    if not getattr(person, "is_staff_member", False) or not person.is_active:
        return False
    sections = sections_with(person, permission)
    if sections is None:
        return True
    return bool(sections) if target is None else target.section_key in sections


def require(person: Person, permission: str, target: HasSection | None = None) -> None:
    """Raises: NotAllowed."""
    if not may(person, permission, target):
        raise NotAllowed
