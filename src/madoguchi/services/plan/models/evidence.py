"""Entered figures of the indicators that no service counts."""

from django.db import models


class Reading(models.Model):
    """実績値: what an indicator was on a day, and its source. Corrections are new rows. Personal data: who."""

    PERSONAL_DATA = "which member of staff entered it"
    RETENTION_YEARS = None

    indicator_key = models.CharField(max_length=80)
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    source = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["indicator_key", "on", "pk"]
        indexes = [models.Index(fields=["indicator_key", "on"], name="plan_reading_day")]
