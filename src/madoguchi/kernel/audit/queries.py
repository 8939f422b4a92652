"""Where the trail ends, whether it holds a line, and what somebody did in a time."""

from datetime import datetime

from django.db.models import Model, QuerySet

from madoguchi.kernel.audit.actions import name_of
from madoguchi.kernel.audit.models import Line


def acts_of(actor: Model, *, since: datetime, until: datetime) -> QuerySet[Line]:
    """The lines of what `actor` did from one moment to the other, both included, oldest first."""
    return Line.objects.filter(actor=name_of(actor), at__gte=since, at__lte=until).order_by("number")


def last_line() -> tuple[int, str]:
    """Number and digest of the last line; 0 and nothing before the first."""
    return Line.objects.order_by("-number").values_list("number", "digest").first() or (0, "")


def stands(number: int, digest: str) -> bool:
    """Whether the trail holds this very line."""
    return Line.objects.filter(number=number, digest=digest).exists()
