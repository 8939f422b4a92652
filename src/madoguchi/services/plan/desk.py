"""What waits in the plan, on the staff desk."""

from datetime import date

from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.kernel.registry.public import DeskView
from madoguchi.services.plan import queries
from madoguchi.services.plan.rules import renewal


def views(person: Person, *, today: date) -> list[DeskView]:
    """Dates of the own section's systems that come within the warning time. Empty for people without systems."""
    if not may(person, "plan.system.view") or not (systems := queries.systems_of(person)):
        return []
    due = renewal.due(systems, today, queries.outline().renewal_warning_months)
    return [DeskView(label="システムの更新", url=reverse("plan:systems_desk"), count=len(due))]
