"""評価: completed measures on the three axes, by rule and by two pairs of eyes."""

from django.db import models


class Evaluation(models.Model):
    """施策の評価: opened when a measure is done; the rule's figures are frozen with it. No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    measure_key = models.CharField(max_length=80, unique=True)
    section_key = models.CharField(max_length=80)
    actual_thousand_yen = models.PositiveIntegerField(null=True)  # 実績額
    actual_source = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    frozen = models.JSONField(null=True)  # the rule's figures as confirmed
    digest = models.CharField(max_length=64, blank=True)


class Verdict(models.Model):
    """判定: one side's grades; a newer one stands, the older stay. Personal data: who; kept with the plan."""

    PERSONAL_DATA = "which member of staff judged"
    RETENTION_YEARS = None

    class Side(models.TextChoices):
        OWNER = "owner", "主管課"
        OFFICE = "office", "計画担当課"

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="verdicts")
    side = models.CharField(max_length=10, choices=Side)
    schedule = models.CharField(max_length=10, blank=True)
    effect = models.CharField(max_length=10, blank=True)
    cost = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)  # compulsory where a grade differs from the rule's
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
