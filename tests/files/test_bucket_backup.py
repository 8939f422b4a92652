"""A backup holds what lies in a bucket, too."""

import pytest

from madoguchi.kernel.backup.actions import _contents
from madoguchi.kernel.backup.archive import pack, unpack
from madoguchi.kernel.files.actions import content_of
from madoguchi.kernel.files.errors import FileShut
from madoguchi.kernel.files.shelves import Folder
from madoguchi.kernel.files.storage import drop, name_of
from madoguchi.kernel.files.testing import blank_pdf, s3_server, scanned, stored


@pytest.mark.django_db
def test_a_backup_takes_the_files_out_of_a_bucket_and_puts_them_back(resident, settings, tmp_path):
    settings.S3_BUCKET, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = "city-files", "a" * 20, "b" * 40
    with s3_server(settings.S3_BUCKET) as settings.S3_ENDPOINT:
        file = scanned(stored(resident, blank_pdf(b"kept")))
        pack(_contents(), tmp_path / "files.tar")
        drop(file.uid)
        unpack(tmp_path / "files.tar", Folder(tmp_path / "elsewhere").put)
        with pytest.raises(FileShut, match="取り出せません"):
            content_of(file)
    settings.S3_BUCKET, settings.FILE_DIR = "", tmp_path / "elsewhere"
    assert (tmp_path / "elsewhere" / name_of(file.uid)).is_file()
    assert content_of(file) == blank_pdf(b"kept")
