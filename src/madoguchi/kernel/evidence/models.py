"""Counts by day, and figures as they stood when somebody fixed them."""

from typing import Any

from django.db import models

from madoguchi.ui.words import LocalText


class Tally(models.Model):
    """件数の控え: how often something happened on one day; it outlives the records that were counted."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None  # figures only

    event = models.CharField(max_length=80)
    day = models.DateField()  # in the city
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "day"], name="evidence_tally_once")]


class Frozen(models.Model):
    """確定した指標: a figure of a period, with all it takes to read it when its service is gone. Never changed."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None  # as long as the installation: a report that was published leans on it
    APPEND_ONLY = True

    key = models.CharField(max_length=80)
    first = models.DateField()
    last = models.DateField()
    number = models.PositiveIntegerField()  # 1 is what was fixed first; every later one is a correction
    value = models.JSONField(null=True)  # int or float; None means unknown, which is not zero
    service = models.CharField(max_length=40)
    words = models.JSONField()  # name, unit and explanation in the three registers
    direction = models.CharField(max_length=4)
    measures = models.JSONField()
    program = models.CharField(max_length=40)  # version of Madoguchi
    code_digest = models.CharField(max_length=64)  # SHA-256 over the source that computed it
    reason = models.TextField(blank=True)  # of a correction
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)  # over all of the above; stands in the audit trail, too

    class Meta:
        ordering = ["key", "first", "last", "number"]
        constraints = [
            models.UniqueConstraint(fields=["key", "first", "last", "number"], name="evidence_frozen_number"),
            models.CheckConstraint(
                condition=models.Q(number=1, reason="") | (models.Q(number__gt=1) & ~models.Q(reason="")),
                name="evidence_correction_has_reason",
            ),
        ]

    def text(self, name: str) -> LocalText:
        """`name`, `unit` or `explanation`, as the service worded it then."""
        return LocalText(**self.words[name])

    def content(self) -> dict[str, Any]:
        """What the digest covers."""
        fields = (field for field in self._meta.fields if field.name not in {"id", "digest"})
        return {field.name: getattr(self, field.name) for field in fields}
