"""What happened, kept for those that hear of it: now, again, or for the first time later."""

from django.db import models


class Event(models.Model):
    """できごと: something that happened to one thing, by ids only. No personal data; keep 2 years.

    `subject` names the thing; what happens to one thing is heard in the order in which it happened.
    """

    PERSONAL_DATA = "none: ids of records"
    RETENTION_YEARS = 2

    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    ids = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name", "at"], name="events_of_a_time"),
            models.Index(fields=["subject", "id"], name="events_of_a_thing"),
        ]


class Delivery(models.Model):
    """伝達: one event for one hearer. No personal data; it goes with its event."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 2

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    hearer = models.CharField(max_length=120)  # dotted path of the function
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "hearer"], name="events_delivery_once")]
        indexes = [
            models.Index(fields=["hearer", "event"], condition=models.Q(done_at=None), name="events_waiting"),
        ]
