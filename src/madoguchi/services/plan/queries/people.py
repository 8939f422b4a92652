"""Whom a notice goes to: the staff of a section who hold a permission."""

from datetime import date

from django.db.models import Q

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.citydata.public import records


def staff_with(permission: str, *, section_key: str | None, on: date) -> list[Person]:
    """Active staff whose post that day gives the permission in the section; None: in every section."""
    roles = {role.key: role for role in records("role") if permission in role.permissions}
    everywhere = [key for key, role in roles.items() if role.everywhere]
    held = Q(posts__role_key__in=everywhere)
    if section_key is not None:
        held = Q(posts__role_key__in=[key for key in roles if key not in everywhere], posts__section_key=section_key)
    current = Q(posts__valid_until=None) | Q(posts__valid_until__gte=on)
    found = Person.objects.filter(held, current, kind=Person.Kind.STAFF, is_active=True, posts__valid_from__lte=on)
    return list(found.distinct().order_by("pk"))
