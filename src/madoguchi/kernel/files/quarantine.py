"""Quarantine: a file opens for nobody until the scanner has said that it is clean."""

import logging
import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from madoguchi.kernel.audit.public import record
from madoguchi.kernel.files import scanner, storage
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.scanner import Finding, ScannerAway, Verdict
from madoguchi.kernel.jobs.public import enqueue, job
from madoguchi.kernel.registry.public import hooks
from madoguchi.kernel.vault.public import CannotUnseal
from madoguchi.lib import clock

_log = logging.getLogger(__name__)
State = StoredFile.State
STATES = {Finding.CLEAN: State.CLEAN, Finding.HARMFUL: State.HARMFUL, Finding.UNSCANNABLE: State.UNSCANNABLE}
SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
MOST_ERRORS = 5  # a scanner that is short of memory says ERROR, too, and is well again later


def first_state() -> State:
    """The state a new file is kept in: only a city that said so takes files without a scan."""
    return State.UNCHECKED if settings.SCANNER == "none" else State.WAITING


@job()
def scan_file(file_id: int) -> None:
    """Scan one waiting file. Idempotent; no transaction is open while the scanner works.

    Raises nothing when the scanner is away: the file waits and is tried again for as long as it takes.
    """
    file = StoredFile.objects.filter(pk=file_id, state=State.WAITING).first()
    if file is None:
        return
    try:
        verdict = scanner.scan(storage.content(file.uid, row_key=file.seal_key))
    except (FileNotFoundError, CannotUnseal):
        _log.critical("The content of file %s is lost or not to be unsealed", file.uid)
        verdict = Verdict(Finding.UNSCANNABLE, "content is lost")
        _settle(file_id, verdict, now=clock.now())
    except (ScannerAway, OSError) as error:
        _log.warning("File %s waits: %s", file.uid, error if isinstance(error, ScannerAway) else type(error).__name__)
        _try_again(file_id, now=clock.now())
    else:
        if verdict.finding == Finding.UNSCANNABLE and file.scan_errors + 1 < MOST_ERRORS:
            _try_again(file_id, now=clock.now(), errors=file.scan_errors + 1)
        else:
            _settle(file_id, verdict, now=clock.now())


@transaction.atomic
def _settle(file_id: int, verdict: Verdict, *, now: datetime) -> None:
    file = StoredFile.objects.select_for_update().filter(pk=file_id, state=State.WAITING).first()
    if file is None:  # taken back meanwhile, or a second worker was faster
        return
    file.state, file.finding, file.scanned_at = STATES[verdict.finding], verdict.said[:200], now
    file.next_scan_at = None
    file.save(update_fields=["state", "finding", "scanned_at", "next_scan_at"])
    record("files.file.scanned", actor=None, target=file, detail={"state": file.state, "finding": file.finding})
    if file.is_bad:
        _log.error("File %s is %s", file.uid, file.state)
        for _service, follow in hooks("bad_file"):
            follow(file.uid, now=now)


@transaction.atomic
def _try_again(file_id: int, *, now: datetime, errors: int = 0) -> None:
    """Queue the next look, once however many workers come to it; the older the file, the longer the wait."""
    file = StoredFile.objects.select_for_update().filter(pk=file_id, state=State.WAITING).first()
    if file is None or (file.next_scan_at and file.next_scan_at > now):
        return
    wait = min(max(SHORTEST_WAIT, (now - file.stored_at) / 2), LONGEST_WAIT)
    file.next_scan_at, file.scan_errors = now + wait * random.uniform(0.8, 1.2), errors  # noqa: S311
    file.save(update_fields=["next_scan_at", "scan_errors"])
    enqueue(scan_file.using(run_after=file.next_scan_at), file_id=file_id)


@transaction.atomic
def admit(file: StoredFile) -> None:
    """Have a new file scanned."""
    if file.state == State.WAITING:
        enqueue(scan_file, file_id=file.pk)


def queue(states: Iterable[State], *, now: datetime) -> int:
    """Have the files of those states scanned (again), and those whose next look is overdue; how many."""
    late = now - 2 * LONGEST_WAIT
    overdue = Q(state=State.WAITING, stored_at__lt=late) & (Q(next_scan_at__lt=late) | Q(next_scan_at=None))
    found = StoredFile.objects.filter(Q(state__in=list(states)) | overdue).order_by("pk").values_list("pk", flat=True)
    count = 0
    for file_id in found.iterator(chunk_size=500):
        with transaction.atomic():
            StoredFile.objects.filter(pk=file_id).update(
                state=State.WAITING, scanned_at=None, finding="", next_scan_at=now, scan_errors=0
            )
            enqueue(scan_file, file_id=file_id)
        count += 1
    return count


def waiting_since() -> datetime | None:
    """When the file that waits longest for its scan came in; None when none waits."""
    first = StoredFile.objects.filter(state=State.WAITING).order_by("stored_at")
    return first.values_list("stored_at", flat=True).first()


def note_for_staff() -> str:
    """What staff have to know about the scans of this city; empty where all is as it should be."""
    if settings.SCANNER == "none":
        return "この市の窓口はウイルス検査をしていません。届いたファイルは、検査のある端末で開いてください。"
    if not settings.SCANNER:
        return "ウイルス検査の設定がないため、新しく届いたファイルは開けません。システムの担当に知らせてください。"
    return ""
