"""What was promised and what was changed: rows that the database itself refuses to change or drop."""

from django.db import models


class Baseline(models.Model):
    """当初計画: the schedule, effect items and estimate of a measure as they stood when work began. Never changed.

    Personal data: who submitted the report that locked it; keep as long as the plan is looked back upon.
    """

    PERSONAL_DATA = "which member of staff locked it"
    RETENTION_YEARS = None
    APPEND_ONLY = True

    measure_key = models.CharField(max_length=80, unique=True)
    body = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the canonical JSON
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")


class Change(models.Model):
    """計画の変更: one signed revision of schedule, effect items or estimate, with its reason. Never changed.

    Personal data: who signed; keep as long as the plan is looked back upon.
    """

    PERSONAL_DATA = "which member of staff signed"
    RETENTION_YEARS = None
    APPEND_ONLY = True

    measure_key = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    before = models.JSONField()  # the promise as it stood, in the shape of a baseline's body
    after = models.JSONField()
    reason = models.TextField()
    is_major = models.BooleanField()
    after_lock = models.BooleanField()  # made after the baseline was locked: counted apart
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["measure_key", "number"]
        constraints = [models.UniqueConstraint(fields=["measure_key", "number"], name="plan_change_number")]


class Snapshot(models.Model):
    """確定した報告: a measure's report and figures as they stood when the half-year was fixed. Never changed."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None
    APPEND_ONLY = True

    period = models.ForeignKey("plan.Period", models.PROTECT, related_name="snapshots")
    measure_key = models.CharField(max_length=80)
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "measure_key"], name="plan_snapshot_once")]
        indexes = [models.Index(fields=["measure_key", "period"], name="plan_snapshot_of_measure")]
