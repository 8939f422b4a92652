"""For tests: the worker's part, at once."""

from madoguchi.kernel.events.actions import replay, tell
from madoguchi.kernel.events.models import Delivery

__all__ = ["replay", "tell_everything"]


def tell_everything() -> None:
    """Every hearer hears what it has not heard."""
    waiting = Delivery.objects.filter(done_at=None).values_list("hearer", "event__subject").distinct()
    for hearer, subject in list(waiting):
        tell.call(hearer=hearer, subject=subject)
