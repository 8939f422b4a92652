"""Personal numbers, kept apart from the records they were given for, and who handled them."""

import uuid

from django.db import models

from madoguchi.kernel.numbers.fields import NumberField


class PersonalNumber(models.Model):
    """個人番号（マイナンバー）: one number of one record. Personal data: the number (sealed by a key of its own).

    Kept as long as the procedure it was given for needs it, and erased with its record (番号法20条).
    """

    PERSONAL_DATA = "個人番号 (sealed by a key of its own)"
    RETENTION_YEARS = 0  # with the record it was given for

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=80)  # as the trail names it: procedures.case:12
    name = models.CharField(max_length=80)  # which of the record's numbers
    number = NumberField(row=["uid", "subject"])
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "name"], name="numbers_one_of_a_name")]


class Handling(models.Model):
    """個人番号の取扱記録: who kept, saw or erased which number, for what, on which legal basis. Never changed.

    Personal data: ids of who handled which record's number, never the number; kept whole, like the trail.
    """

    PERSONAL_DATA = "who handled the number of which record"
    RETENTION_YEARS = None
    APPEND_ONLY = True

    class Act(models.TextChoices):
        KEPT = "kept", "受け取った"
        REPLACED = "replaced", "受け取り直した"
        SHOWN = "shown", "見た"
        ERASED = "erased", "消した"

    number_uid = models.UUIDField(db_index=True)
    subject = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    act = models.CharField(max_length=10, choices=Act)
    actor = models.CharField(max_length=60)
    purpose = models.CharField(max_length=80)
    legal_basis = models.CharField(max_length=200)
    at = models.DateTimeField()
    line = models.BigIntegerField(unique=True)  # of the audit trail, which holds this record, too

    class Meta:
        ordering = ["line"]
        indexes = [models.Index(fields=["subject", "line"], name="numbers_subject")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(purpose="") & ~models.Q(legal_basis=""), name="numbers_why_and_by_which_law"
            )
        ]
