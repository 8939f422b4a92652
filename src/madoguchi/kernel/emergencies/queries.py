"""Reads that are worth a name."""

from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet

from madoguchi.kernel.accounts.public import Person, may, sections_with
from madoguchi.kernel.audit.public import acts_of
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.emergencies.models import EmergencyAccess
from madoguchi.lib import clock

LAST_REQUEST = timedelta(minutes=1)  # one that began in time may write its line after it
OPEN = "emergencies.access.open"
PURPOSE = "emergencies.access"
REVIEW = "emergencies.access.review"


def roles() -> dict[str, Any]:
    """What may be taken in an emergency, as the city's data says."""
    return {role.key: role for role in records("role") if role.emergency_minutes}


def open_of(person: Person) -> EmergencyAccess | None:
    """The one that is open now. One query, then remembered on the person as the grants are."""
    remembered: dict[str, EmergencyAccess | None] = vars(person)
    if "_emergency" not in remembered:
        found = EmergencyAccess.objects.filter(person=person, ended_at=None, ends_at__gt=clock.now())
        remembered["_emergency"] = found.select_related("post").first()
    return remembered["_emergency"]


def emergency_of(person: Person) -> EmergencyAccess | None:
    """What stands above every page of whoever has one open; no query for who may not take one."""
    return open_of(person) if may(person, OPEN) else None


def purpose_of(person: Person, section_key: str, usual: str) -> str:
    """Why somebody looks: for the emergency they took in that section, else the usual purpose."""
    access = emergency_of(person)
    return PURPOSE if access and access.section_key == section_key else usual


def reviewable(reviewer: Person) -> QuerySet[EmergencyAccess]:
    """In the sections the reviewer answers for: those not reviewed first, the oldest of them first."""
    found = EmergencyAccess.objects.select_related("person", "reviewed_by")
    if (sections := sections_with(reviewer, REVIEW)) is not None:
        found = found.filter(section_key__in=sections)
    return found.order_by(F("reviewed_at").desc(nulls_first=True), "opened_at")


def acts_in(access: EmergencyAccess) -> QuerySet[Any]:
    """Everything the person did while it was open, whatever the right came from."""
    return acts_of(access.person, since=access.opened_at, until=access.last_moment + LAST_REQUEST)
