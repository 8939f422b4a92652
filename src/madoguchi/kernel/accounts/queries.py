"""Reads that are worth a name."""

from django.db.models import Q

from madoguchi.kernel.accounts.models import Post, Reorganisation, SectionChange
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
