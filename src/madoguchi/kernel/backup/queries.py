"""Reading the record of backups and drills."""

from datetime import datetime

from madoguchi.kernel.backup.models import Run


def last_good_at() -> datetime | None:
    """When the last backup that succeeded began; None before the first."""
    return Run.objects.filter(kind=Run.Kind.BACKUP, problem="").values_list("began_at", flat=True).first()
