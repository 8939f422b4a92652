"""A folder and a bucket keep the same promises; the bucket is moto's, which we did not write."""

import errno
import os
import uuid
from datetime import timedelta

import pytest
import requests

from madoguchi.kernel.files import shelves, storage
from madoguchi.kernel.files.actions import content_of, discard
from madoguchi.kernel.files.errors import FileRefused
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.quarantine import scan_file
from madoguchi.kernel.files.shelves import Folder, shelf
from madoguchi.kernel.files.testing import blank_pdf, s3_server, scanned, stored
from madoguchi.lib import clock

BUCKET, SECRET = "city-files", "b" * 40


@pytest.fixture(scope="module")
def provider():
    with s3_server(BUCKET) as address:
        yield address


@pytest.fixture
def bucket(provider, settings):
    settings.S3_BUCKET, settings.S3_ENDPOINT = BUCKET, provider
    settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = "a" * 20, SECRET
    return shelf()


@pytest.fixture(params=["folder", "bucket"])
def any_shelf(request, tmp_path):
    return Folder(tmp_path) if request.param == "folder" else request.getfixturevalue("bucket")


def fresh() -> str:
    return storage.name_of(uuid.uuid4())


def test_what_is_put_is_there_and_gone_after_dropping(any_shelf):
    name = fresh()
    any_shelf.put(name, b"sealed")
    assert any_shelf.get(name) == b"sealed"
    any_shelf.drop(name)
    any_shelf.drop(name)
    with pytest.raises(FileNotFoundError):
        any_shelf.get(name)


def test_nothing_is_ever_put_over_something(any_shelf):
    name = fresh()
    any_shelf.put(name, b"first")
    with pytest.raises(FileExistsError):
        any_shelf.put(name, b"second")
    assert any_shelf.get(name) == b"first"


def test_a_content_is_replaced_whole_and_its_head_read_alone(any_shelf):
    name = fresh()
    any_shelf.put(name, b"k1:first")
    any_shelf.replace(name, b"k2:second")
    assert any_shelf.head(name, 2) == b"k2"
    assert any_shelf.get(name) == b"k2:second"
    any_shelf.drop(name)
    with pytest.raises(FileNotFoundError):
        any_shelf.head(name, 2)


def test_a_folder_tells_what_lies_in_it_and_since_when(any_shelf):
    names = {f"ab/ab{number:030x}" for number in range(3)}
    for name in [*names, "ac/ac000000000000000000000000000000"]:
        any_shelf.put(name, b"x")
    found = list(any_shelf.items("ab"))
    assert {item.name for item in found} == names
    assert all(abs(item.kept_at - clock.now()) < timedelta(minutes=1) for item in found)
    assert list(any_shelf.items("ad")) == []
    for name in [*names, "ac/ac000000000000000000000000000000"]:
        any_shelf.drop(name)


@pytest.mark.django_db
def test_a_file_in_a_bucket_is_sealed_named_at_random_and_gone_after_discarding(
    bucket, provider, resident, django_capture_on_commit_callbacks
):
    content = blank_pdf(b"secret")
    file = scanned(stored(resident, content, name="花子.pdf"))
    raw = requests.get(f"{provider}/{BUCKET}/{storage.name_of(file.uid)}", timeout=10).content
    assert b"secret" not in raw
    assert content_of(file) == content
    assert "花子" not in requests.get(f"{provider}/{BUCKET}", timeout=10).text
    with django_capture_on_commit_callbacks(execute=True):
        discard(file, actor=resident)
    assert requests.get(f"{provider}/{BUCKET}/{storage.name_of(file.uid)}", timeout=10).status_code == 404


@pytest.fixture
def nobody_there(settings, monkeypatch):
    monkeypatch.setattr(shelves, "RETRIES", 0)
    shelves._bucket.cache_clear()
    settings.S3_BUCKET, settings.S3_ENDPOINT = BUCKET, "http://127.0.0.1:1"
    settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = "AKIAOFTHETEST0000000", SECRET
    yield
    shelves._bucket.cache_clear()


@pytest.mark.django_db
def test_a_bucket_that_is_away_is_told_to_the_sender_and_leaves_no_row(nobody_there, resident, caplog):
    with pytest.raises(FileRefused, match="不具合"):
        stored(resident, blank_pdf())
    assert not StoredFile.objects.exists()
    assert "AKIA" not in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.django_db
def test_a_file_that_cannot_be_fetched_waits_in_quarantine(resident, request):
    file = stored(resident, blank_pdf())
    request.getfixturevalue("nobody_there")
    scan_file.call(file_id=file.pk)
    file.refresh_from_db()
    assert file.state == StoredFile.State.WAITING
    assert file.next_scan_at > clock.now()


def test_a_disk_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def broken(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    name = fresh()
    with pytest.raises(OSError, match="Input/output"):
        Folder(tmp_path).put(name, b"x")
    assert not (tmp_path / name).exists()
