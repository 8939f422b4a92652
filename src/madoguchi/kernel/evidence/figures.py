"""Figures the services give the plan office, computed from what they really did."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils.module_loading import import_string

from madoguchi.kernel.evidence.models import Tally
from madoguchi.kernel.registry.public import Figure, Service, services
from madoguchi.lib import clock


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included. Raises: ValueError when it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period that begins on {self.first} cannot end on {self.last}")


@dataclass(frozen=True)
class Measured:
    """One figure as it stands: `value` None means unknown, which is not zero."""

    figure: Figure
    service: Service
    period: Period
    value: int | float | None
    at: datetime


def measure(figure: Figure, service: Service, period: Period) -> Measured:
    value = import_string(figure.compute)(period)
    return Measured(figure, service, period, value, clock.now())


def figure(key: str, period: Period) -> Measured:
    """The figure of that key. Raises: LookupError."""
    for service in services():
        for found in service.evidence:
            if found.key == key:
                return measure(found, service, period)
    raise LookupError(f"no service gives the figure {key!r}")


def of_measure(measure_key: str, period: Period) -> list[Measured]:
    """Every figure that speaks for a measure of the plan."""
    return [
        measure(found, service, period)
        for service in services()
        for found in service.evidence
        if measure_key in found.measures
    ]


def counted(event: str, period: Period) -> int:
    """How often an event happened in the period, as far as the workers have told."""
    days = Tally.objects.filter(event=event, day__gte=period.first, day__lte=period.last)
    return days.aggregate(total=Sum("count", default=0))["total"]  # type: ignore[no-any-return]


def keys() -> list[str]:
    """Every figure of this installation."""
    return [found.key for service in services() for found in service.evidence]
