"""The saved views of this service on the staff desk."""

from datetime import date

from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.registry.public import DeskView
from madoguchi.services.procedures import queries
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.rules import OPEN_STATES


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


def work_of(section_key: str) -> list[tuple[str, int]]:
    """What a section has in hand, for the preview of a reorganisation. Two queries."""
    own = [procedure for procedure in records("procedure") if procedure.section == section_key]
    return [
        ("進行中の申請", Case.objects.filter(section_key=section_key, state__in=OPEN_STATES).count()),
        ("担当の手続", len(own)),
    ]
