"""Where the trail ends, whether it holds a line, and what somebody did in a time."""

from datetime import datetime

from django.db.models import Model, QuerySet

from madoguchi.kernel.audit.actions import name_of
from madoguchi.kernel.audit.models import Line
from madoguchi.kernel.audit.verbs import LOOKS


def acts_of(actor: Model, *, since: datetime, until: datetime) -> QuerySet[Line]:
    """The lines of what `actor` did from one moment to the other, both included, oldest first."""
    return Line.objects.filter(actor=name_of(actor), at__gte=since, at__lte=until).order_by("number")


def last_line() -> tuple[int, str]:
    """Number and digest of the last line; 0 and nothing before the first."""
    return Line.objects.order_by("-number").values_list("number", "digest").first() or (0, "")


def last_act() -> int:
    """Number of the last line that tells of more than a look; 0 before the first.

    Lines stand in the order in which their acts were committed, so whoever finds the number unchanged knows that
    nobody did anything meanwhile.
    """
    acts = Line.objects.exclude(verb__endswith=LOOKS).order_by("-number")
    return acts.values_list("number", flat=True).first() or 0


def stands(number: int, digest: str) -> bool:
    """Whether the trail holds this very line."""
    return Line.objects.filter(number=number, digest=digest).exists()
