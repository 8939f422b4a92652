"""The saved views of this service on the staff desk."""

from datetime import date

from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.kernel.registry.public import DeskView
from madoguchi.services.procedures import queries


def views(person: Person, *, today: date) -> list[DeskView]:
    """Empty for people without the permission. One query."""
    if not may(person, "procedures.case.view"):
        return []
    counts = queries.view_counts(person, today=today)
    base = reverse("procedures:desk")
    return [
        DeskView(label=label, url=f"{base}?view={key}", count=counts[key], late=key == "late")
        for key, (label, _condition) in queries.VIEWS.items()
    ]
