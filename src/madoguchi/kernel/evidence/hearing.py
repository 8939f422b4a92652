"""What the evidence hears: the events that a figure counts. The counts outlive the records that were counted."""

from datetime import datetime, time, timedelta

from madoguchi.kernel.events.public import Event
from madoguchi.kernel.evidence.models import Tally
from madoguchi.kernel.registry.public import services
from madoguchi.lib import clock


def hears() -> dict[str, str]:
    counted = {figure.counts for service in services() for figure in service.evidence if figure.counts}
    return dict.fromkeys(counted, "madoguchi.kernel.evidence.hearing.count")


def count(event: Event) -> None:
    """Count the event's day anew, so that being told twice counts once. What was counted is never taken back."""
    day = clock.day_of(event.at)
    midnight = datetime.combine(day, time.min, clock.TOKYO)
    tally, _ = Tally.objects.select_for_update().get_or_create(event=event.name, day=day)
    happened = Event.objects.filter(name=event.name, at__gte=midnight, at__lt=midnight + timedelta(days=1)).count()
    if happened > tally.count:  # less where old events were dropped meanwhile
        tally.count = happened
        tally.save(update_fields=["count"])
