"""Sweeping: looked at first; nothing that is held or young ever goes; twice is once."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError

from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata.models import Record
from madoguchi.kernel.files import recurring, sweeping
from madoguchi.kernel.files.models import StoredFile, Thumbnail
from madoguchi.kernel.files.shelves import Folder
from madoguchi.kernel.files.storage import content, name_of
from madoguchi.kernel.files.sweeping import Swept, sweep, unattached
from madoguchi.kernel.files.testing import blank_pdf, png, stored
from madoguchi.lib import clock
from madoguchi.services.procedures.models import Attachment
from madoguchi.services.procedures.testing import make_submitted

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    settings.FILE_DIR = tmp_path


def aged(file: StoredFile, age: timedelta = YEAR) -> StoredFile:
    StoredFile.objects.filter(pk=file.pk).update(stored_at=clock.now() - age)
    return file


def lying(settings, name: str, age: timedelta) -> Path:
    """A content that nobody knows."""
    path = Path(settings.FILE_DIR) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    moment = (clock.now() - age).timestamp()
    os.utime(path, (moment, moment))
    return path


def attached(file: StoredFile, resident) -> StoredFile:
    Attachment.objects.create(case=make_submitted(resident), question_key="proof", file=file)
    return file


def test_a_preview_counts_and_changes_nothing(resident, settings):
    aged(stored(resident, blank_pdf()))
    path = lying(settings, "ab/abandoned", YEAR)
    assert sweep(now=clock.now(), apply=False) == Swept(contents=1, rows=1, keeps_rows=False)
    assert path.exists()
    assert StoredFile.objects.count() == 1


def test_what_nobody_holds_goes_once_and_the_trail_tells(resident, settings, django_capture_on_commit_callbacks):
    file = aged(stored(resident, png()))
    path = lying(settings, "ab/abandoned", YEAR)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(now=clock.now(), apply=True) == Swept(1, 1, keeps_rows=False)
    assert not path.exists()
    assert not StoredFile.objects.exists()
    assert not Thumbnail.objects.exists()
    assert not (Path(settings.FILE_DIR) / name_of(file.uid)).exists()
    assert history(file).filter(verb="files.file.swept").count() == 1
    assert sweep(now=clock.now(), apply=True) == Swept(0, 0, keeps_rows=False)


def test_what_a_case_holds_stays_however_old(resident, settings):
    file = aged(attached(stored(resident, blank_pdf()), resident), 20 * YEAR)
    path = Path(settings.FILE_DIR) / name_of(file.uid)
    os.utime(path, (0, 0))
    assert sweep(now=clock.now(), apply=True) == Swept(0, 0, keeps_rows=False)
    assert content(file.uid, row_key=file.seal_key) == blank_pdf()
    with pytest.raises(ProtectedError):  # the database holds it on top
        StoredFile.objects.get(pk=file.pk).delete()


def test_what_is_young_stays(resident, settings):
    """The city's days for a row (30 in the example), a day for a content: its row may be on the way."""
    aged(stored(resident, blank_pdf()), timedelta(days=29))
    path = lying(settings, "ab/on-its-way", timedelta(hours=23))
    assert sweep(now=clock.now(), apply=True) == Swept(0, 0, keeps_rows=False)
    assert path.exists()
    assert sweep(now=clock.now() + timedelta(days=2), apply=False).rows == 1


def test_a_file_that_is_attached_while_the_sweep_looks_stays(resident, monkeypatch):
    file = aged(stored(resident, blank_pdf()))
    real = sweeping._drop

    def meanwhile(found):
        attached(found, resident)
        real(found)

    monkeypatch.setattr(sweeping, "_drop", meanwhile)
    sweep(now=clock.now(), apply=True)
    assert StoredFile.objects.filter(pk=file.pk).exists()


def test_a_city_without_a_number_of_days_keeps_every_row(resident, settings):
    Record.objects.filter(key=sweeping.PARAMETER).update(retired_at=clock.now())
    aged(stored(resident, blank_pdf()))
    assert sweep(now=clock.now(), apply=True) == Swept(0, 0, keeps_rows=True)


def test_every_kind_of_holder_counts():
    """Whatever app points to a file later holds it without being named here."""
    sql = str(unattached(clock.now()).query)
    assert Attachment._meta.db_table in sql
    assert Thumbnail._meta.db_table not in sql


def test_the_timetable_sweeps_and_queues_lost_scans(resident, settings):
    path = lying(settings, "ab/abandoned", YEAR)
    recurring.sweep(now=clock.now())
    assert not path.exists()
    file = aged(stored(resident, blank_pdf()))
    StoredFile.objects.filter(pk=file.pk).update(next_scan_at=None)
    recurring.scan(now=clock.now())
    file.refresh_from_db()
    assert file.next_scan_at is not None
    assert {work.run for work in recurring.TIMETABLE} == {f"{recurring.__name__}.{name}" for name in ("scan", "sweep")}


def command(*words: str) -> str:
    told = StringIO()
    call_command("files", "sweep", *words, stdout=told)
    return told.getvalue()


def test_the_command_previews_first(resident, settings, monkeypatch):
    lying(settings, "ab/abandoned", YEAR)
    assert "1 content(s) without a file, 0 file(s) that nothing holds; would go" in command()
    assert "deleted" in command("--apply")
    assert "0 content(s)" in command()

    def away(*_):
        raise OSError("the bucket did not do it")

    monkeypatch.setattr(Folder, "items", away)
    with pytest.raises(CommandError, match="again later"):
        command("--apply")
