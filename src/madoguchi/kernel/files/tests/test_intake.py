"""What may come in as a file, and that nothing hides in it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from madoguchi.kernel.files.actions import content_of, discard
from madoguchi.kernel.files.errors import FileRefused
from madoguchi.kernel.files.intake import MAX_BYTES, clean
from madoguchi.kernel.files.testing import blank_pdf, scanned, stored


def picture(kind: str = "JPEG", mode: str = "RGB", **more) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (30, 20)).save(buffer, kind, **more)
    return buffer.getvalue()


def gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jpg", picture(), "image/jpeg"),
        ("b.png", picture("PNG", "P"), "image/png"),
        ("c.png", picture("PNG", "RGBA"), "image/png"),
        ("wrong-name.exe", blank_pdf(), "application/pdf"),
    ],
)
def test_the_type_is_told_by_the_content_not_the_name(name, content, kind):
    assert clean(SimpleUploadedFile(name, content)).content_type == kind


def test_camera_and_position_stay_behind():
    dirty = picture(exif=gps())
    assert b"CameraMaker" in dirty
    content = clean(SimpleUploadedFile("a.jpg", dirty)).content
    assert b"CameraMaker" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"MZ\x90\x00" + b"\0" * 100,
        b"PK\x03\x04" + b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\xff\xd8\xff\xe0" + b"broken" * 20,
    ],
)
def test_other_and_broken_files_are_refused_with_a_way_on(content):
    with pytest.raises(FileRefused) as refusal:
        clean(SimpleUploadedFile("photo.jpg", content))
    assert refusal.value.next_step


def test_too_large_is_refused_before_it_is_read():
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    upload.size = MAX_BYTES + 1
    with pytest.raises(FileRefused):
        clean(upload)


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\y.pdf", "a\x00\n.pdf", "x" * 500, ""])
def test_names_lose_paths_and_control_characters(name):
    upload = SimpleUploadedFile("x.pdf", blank_pdf())
    upload._name = name
    kept = clean(upload).name
    assert kept
    assert len(kept) <= 120
    assert not set(kept) & set("/\\\x00\n")


@pytest.mark.django_db
def test_content_is_sealed_on_disk_and_gone_after_discarding(resident, settings, django_capture_on_commit_callbacks):
    from pathlib import Path

    content = blank_pdf(b"secret")
    file = stored(resident, content)
    (path,) = Path(settings.FILE_DIR).rglob(file.uid.hex)
    assert b"secret" not in path.read_bytes()
    assert content_of(scanned(file)) == content
    with django_capture_on_commit_callbacks(execute=True):
        discard(file, actor=resident)
    assert not path.exists()
