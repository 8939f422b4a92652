"""Looks beyond one's posts, taken in an emergency and checked afterwards."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from madoguchi.kernel.vault.public import EncryptedTextField


class EmergencyAccess(models.Model):
    """緊急閲覧: a member of staff took the rights of an emergency role in one section, for minutes, for a reason.

    Personal data: who, why (sealed), what the review found (sealed); keep 10 years.
    """

    PERSONAL_DATA = "which member of staff looked, why, what the review found (sealed)"
    RETENTION_YEARS = 10

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, related_name="+")  # what allowed to take it
    section_key = models.CharField(max_length=80)  # whose records
    role_key = models.CharField(max_length=80)
    reason = EncryptedTextField(row=["uid"])
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # by hand, or noted afterwards that its time was up
    reviewed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", null=True)
    reviewed_at = models.DateTimeField(null=True)
    was_due = models.BooleanField(null=True)  # the reviewer's word: there was an emergency, and no more was looked at
    finding = EncryptedTextField(blank=True, row=["uid"])

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="emergencies_one_open"),
            models.CheckConstraint(
                condition=Q(opened_at__lt=F("ends_at")) & (Q(ended_at=None) | Q(ended_at__lte=F("ends_at"))),
                name="emergencies_times",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None, was_due=None, finding="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False, was_due__isnull=False) & ~Q(finding="")),
                name="emergencies_reviewed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reviewed_by=F("person")), name="emergencies_reviewed_by_another"),
        ]

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.ends_at

    @property
    def last_moment(self) -> datetime:
        """Until when its rights held, or will hold."""
        return self.ended_at or self.ends_at
