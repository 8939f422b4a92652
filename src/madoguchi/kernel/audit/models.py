"""The audit trail: one line an act, chained by digest."""

from django.db import models


class Line(models.Model):
    """監査記録: who did what to which record, when. Ids only, no personal data; keep 10 years. Never changed."""

    PERSONAL_DATA = "ids of persons only"
    RETENTION_YEARS = 10
    APPEND_ONLY = True

    number = models.BigIntegerField(unique=True)  # gapless, so that a dropped line shows
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    actor = models.CharField(max_length=60)
    target = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["target", "number"], name="audit_target")]
