"""The keys that values are sealed with, each stored wrapped by a key that is not in the database."""

from django.db import models
from django.db.models import Q


class DataKey(models.Model):
    """データ鍵: one key of the ring; the row holds it wrapped by the key-encryption key. No personal data.

    A retired key opens what it sealed and seals nothing new. A key of the first ring, which sealed values itself,
    has a row once nothing names it any more; from then on it opens nothing.
    """

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None  # as long as something may name it, backups too

    class Use(models.TextChoices):
        FIELDS = "fields", "個人情報の項目とファイル"
        NUMBERS = "numbers", "個人番号"
        INDEX = "index", "値を保存せずに探すための索引"
        FIRST_RING = "first_ring", "はじめの鍵束（使い終わり）"

    name = models.CharField(max_length=11, unique=True)
    use = models.CharField(max_length=10, choices=Use)
    wrapped = models.TextField(blank=True)
    wrapped_by = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["use"], condition=Q(retired_at=None), name="vault_one_current_key"),
        ]
