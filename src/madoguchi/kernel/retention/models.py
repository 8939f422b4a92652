"""What keeps a record beyond its period, and the decisions to dispose of what is past it."""

import uuid

from django.db import models
from django.db.models import Q

from madoguchi.kernel.vault.public import EncryptedTextField


class Hold(models.Model):
    """廃棄の停止: a record that has to stay, for a lawsuit, an inspection or a request, whatever its period.

    Personal data: whose record, and why (sealed); keep 10 years.
    """

    PERSONAL_DATA = "which record, why (sealed), which member of staff"
    RETENTION_YEARS = 10

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=80)  # as the trail names it: procedures.case:12
    reason = EncryptedTextField(row=["uid"])
    set_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lift_reason = EncryptedTextField(blank=True, row=["uid"])
    lifted_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(lifted_at=None), name="retention_one_open_hold"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="retention_lifted_by_somebody_for_a_reason",
            ),
        ]


class Disposal(models.Model):
    """廃棄の決定: everything one rule named on one day, confirmed by a person, erased by a job.

    No personal data but who confirmed it; keep 30 years.
    """

    PERSONAL_DATA = "which member of staff confirmed it"
    RETENTION_YEARS = 30

    rule_key = models.CharField(max_length=80)
    as_of = models.DateField()
    expected = models.PositiveIntegerField()
    confirmed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    erased = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-confirmed_at"]
        constraints = [
            models.UniqueConstraint(fields=["rule_key"], condition=Q(ended_at=None), name="retention_one_open_disposal")
        ]
