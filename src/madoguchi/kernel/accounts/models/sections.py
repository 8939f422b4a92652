"""Changes of the sections: planned, applied on their day, kept."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q


class Reorganisation(models.Model):
    """組織改正: changes of sections that take effect together on one day. No personal data but who planned it."""

    PERSONAL_DATA = "who planned it"
    RETENTION_YEARS = None  # the city's history

    title = models.CharField(max_length=80)
    effective_on = models.DateField()
    planned_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(withdrawn_at=None), name="accounts_reorganisation_applied_or_withdrawn"
            )
        ]

    @property
    def is_planned(self) -> bool:
        return self.applied_at is None and self.withdrawn_at is None


class SectionChange(models.Model):
    """課の改正: what becomes of one section. A section that splits has a row for each part. No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    class Kind(models.TextChoices):
        RENAME = "rename", "名称の変更"
        MOVE = "move", "部の変更"
        MERGE = "merge", "統合"
        SPLIT = "split", "分割"
        ABOLISH = "abolish", "廃止（引継ぎ）"

    SUCCEEDED = (Kind.MERGE, Kind.SPLIT, Kind.ABOLISH)

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    section_key = models.CharField(max_length=80)
    into_key = models.CharField(max_length=80, blank=True)  # who takes over the work and the records
    new_value = models.CharField(max_length=80, blank=True)  # the new name, or the new department

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "section_key", "into_key"], name="accounts_section_change_once"
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=["merge", "split", "abolish"], new_value="") & ~Q(into_key=""))
                | (Q(kind__in=["rename", "move"], into_key="") & ~Q(new_value="")),
                name="accounts_section_change_says_what",
            ),
            models.CheckConstraint(condition=~Q(section_key=F("into_key")), name="accounts_section_change_other"),
        ]

    @classmethod
    def successions(cls, *, on: date) -> Iterable[tuple[str, str]]:
        """Old and new section of every change in force that day."""
        return (
            cls.objects.filter(kind__in=cls.SUCCEEDED, reorganisation__effective_on__lte=on)
            .exclude(reorganisation__applied_at=None)
            .values_list("section_key", "into_key")
        )
