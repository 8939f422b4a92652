"""Reads that are worth a name."""

from datetime import date

from django.db.models import Q

from madoguchi.kernel.accounts.models import Person, Post, Reorganisation, SectionChange
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.registry.public import hooks


def touched_by(plan: Reorganisation) -> list[tuple[SectionChange, list[tuple[str, int]]]]:
    """Each change of the plan with what the section has in hand: posts, and what every service says."""
    held = Q(valid_until=None) | Q(valid_until__gte=plan.effective_on)
    return [
        (
            change,
            [
                ("施行日に続く職", Post.objects.filter(held, section_key=change.section_key).count()),
                *(line for _service, work in hooks("section_work") for line in work(change.section_key)),
            ],
        )
        for change in plan.changes.all()
    ]


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
