"""Every backup and every drill, so that the page can say when the last good one was."""

from django.db import models


class Run(models.Model):
    """バックアップの記録: one backup or one restore drill, and how it went. No personal data; keep 3 years."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 3

    class Kind(models.TextChoices):
        BACKUP = "backup", "バックアップ"
        DRILL = "drill", "復元の訓練"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)  # of the backup's folder
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    size_bytes = models.BigIntegerField(default=0)
    trail_lines = models.BigIntegerField(default=0)  # number of the last line of the audit trail inside
    problem = models.TextField(blank=True)  # empty: it went well

    class Meta:
        ordering = ["-began_at"]
        indexes = [models.Index(fields=["kind", "-began_at"], name="backup_run_kind")]
