"""The backup of every night, and the monthly proof that it can be restored."""

from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from madoguchi.kernel.backup import actions, archive
from madoguchi.kernel.backup.errors import BackupStopped
from madoguchi.kernel.registry.public import Days, Recurring

OFF = "" if settings.BACKUP_DIR else "設定 BACKUP_DIR がありません"

TIMETABLE = [
    Recurring(
        key="backup.backup",
        name="バックアップをとる",
        at=(time(2, 15),),
        run="madoguchi.kernel.backup.recurring.backup",
        is_long=True,
        off=OFF,
    ),
    Recurring(
        key="backup.drill",
        name="最新のバックアップで復元の訓練をする",
        at=(time(4, 0),),
        days=Days.FIRST_WORKING_DAY,
        run="madoguchi.kernel.backup.recurring.drill",
        is_long=True,
        off=OFF,
    ),
]


def backup(*, now: datetime) -> None:
    """As `madoguchi backup` does it, with the settings of the installation. Raises: BackupStopped."""
    keys_to = Path(settings.BACKUP_KEY_DIR) if settings.BACKUP_KEY_DIR else None
    actions.backup(Path(settings.BACKUP_DIR), now=now, keys_to=keys_to, keep=settings.BACKUP_KEEP)


def drill(*, now: datetime) -> None:
    """Restore the newest backup into a place that is thrown away. Raises: BackupStopped."""
    folders = list(archive.all_in(Path(settings.BACKUP_DIR)))
    if not folders:
        raise BackupStopped("There is no backup to restore yet.")
    actions.drill(folders[-1], now=now, run=actions.in_a_process_of_its_own(folders[-1]))
