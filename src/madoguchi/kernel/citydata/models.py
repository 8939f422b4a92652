"""The city pack as applied: records with stable keys, and every revision they ever had."""

from typing import Any

from django.db import models
from django.db.models import Q

from madoguchi.kernel.citydata.catalogue import parse


class Record(models.Model):
    """市データ: one keyed fact of the city (a section, a fee, a measure, a procedure). No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None  # as long as the installation

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    path = models.CharField(max_length=200)  # the pack file it came from
    retired_at = models.DateTimeField(null=True)
    pack_digest = models.CharField(max_length=64, default="", blank=True)  # what the pack said last; "" where nothing

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="citydata_record_key")]


class Revision(models.Model):
    """版: what a record said from one moment on. Immutable, so that a case can be pinned to it."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    record = models.ForeignKey(Record, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    applied_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, default="", blank=True)  # of an edit by staff

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="citydata_revision_number"),
            models.UniqueConstraint(
                fields=["record"], condition=Q(superseded_at=None), name="citydata_one_current_revision"
            ),
        ]

    @property
    def content(self) -> Any:
        """The body as the schema of its kind; load it with `select_related("record")`."""
        return parse(self.record.kind, digest=self.digest, data=self.body)
