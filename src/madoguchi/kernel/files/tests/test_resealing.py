"""Stored files follow a turn of the vault's keys."""

from pathlib import Path

import pytest
from django.conf import settings

from madoguchi.kernel.accounts.testing import make_resident
from madoguchi.kernel.files import storage
from madoguchi.kernel.files.actions import content_of, discard
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.resealing import FILES
from madoguchi.kernel.files.testing import blank_pdf, scanned, stored
from madoguchi.kernel.vault.public import seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(settings, tmp_path):
    settings.FILE_DIR = tmp_path
    return scanned(stored(make_resident(), blank_pdf()))


def path_of(file) -> Path:
    return Path(settings.FILE_DIR) / storage.name_of(file.uid)


@pytest.fixture
def file_from_before(request, monkeypatch):
    """Sealed by a data key, as files were before each had its own."""
    monkeypatch.setattr(StoredFile._meta.get_field("seal_key"), "_get_default", lambda: "")
    return request.getfixturevalue("file")


def test_a_file_with_its_own_key_stays_as_it_is(file):
    before = path_of(file).read_bytes()
    assert FILES.waiting("d9999") == 0
    assert FILES.step(0, 10, "d9999").resealed == 0
    assert path_of(file).read_bytes() == before


def test_a_file_without_one_is_sealed_anew_and_still_opens(file_from_before, monkeypatch):
    file = file_from_before
    plain, before = content_of(file), path_of(file).read_bytes()
    assert FILES.waiting("d9999") == 1
    monkeypatch.setattr(storage, "seal", lambda content, **more: b"d9999:" + seal(content, **more))
    done = FILES.step(0, 10, "d9999")
    assert (done.resealed, done.damaged) == (1, [])
    assert path_of(file).read_bytes() != before
    assert FILES.step(0, 10, "d9999").resealed == 0
    path_of(file).write_bytes(path_of(file).read_bytes().removeprefix(b"d9999:"))
    assert content_of(file) == plain


def test_a_file_that_was_taken_back_or_lost_stops_nothing(file):
    path = path_of(file)
    path.unlink()
    assert FILES.step(0, 10, "d9999").damaged == [f"files.content:{file.pk}"]
    discard(file, actor=file.owner)
    assert FILES.step(0, 10, "d9999").last_pk is None
