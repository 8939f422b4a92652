"""Pictures are drawn anew by a process that may do little: what is kept, what stays behind, what is stopped."""

import base64
import io
import re
import sys
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from madoguchi.kernel.files import pictures
from madoguchi.kernel.files.actions import content_of, discard
from madoguchi.kernel.files.errors import FileRefused
from madoguchi.kernel.files.models import Thumbnail
from madoguchi.kernel.files.pictures import draw
from madoguchi.kernel.files.testing import blank_pdf, png, scanned, stored

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "HEIF": "image/heic"}
UPRIGHT, TURNED = 1, 6  # EXIF 2.32, tag Orientation


def exif(orientation: int = UPRIGHT) -> Image.Exif:
    found = Image.Exif()
    found[0x010F], found[0x0112] = "CameraMaker", orientation
    place = found.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (35.0, 43.0, 4.0), "E", (139.0, 33.0, 58.0)
    return found


def photo(kind: str, mode: str = "RGB", **more) -> bytes:
    """A bright half above a dark one, by the encoder of the phone's format."""
    picture = Image.new(mode, (60, 40))
    picture.paste(Image.new(mode, (60, 20), "white" if mode not in {"L", "LA", "1", "I;16"} else 200), (0, 0))
    buffer = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(buffer, **more)
    else:
        picture.save(buffer, kind, **more)
    return buffer.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", TYPES)
def test_position_and_camera_stay_behind_on_every_path_in(kind):
    dirty = photo(kind, exif=exif().tobytes())
    assert b"CameraMaker" in dirty
    drawn = draw(dirty, TYPES[kind])
    for content in (drawn.content, drawn.small):
        assert b"CameraMaker" not in content
        assert b"Exif" not in content
        assert not opened(content).getexif()


def test_a_photo_of_a_phone_becomes_a_jpeg_that_every_workplace_opens():
    drawn = draw(photo("HEIF"), "image/heic")
    picture = opened(drawn.content)
    assert (drawn.content_type, picture.format, picture.size) == ("image/jpeg", "JPEG", (60, 40))
    assert picture.convert("L").getpixel((30, 5)) > 200
    assert picture.convert("L").getpixel((30, 35)) < 50


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_taken_on_its_side_stands_upright(kind):
    """6: the camera's top is on the right; shown turned by a quarter, the bright half is on the right."""
    picture = opened(draw(photo(kind, exif=exif(TURNED).tobytes()), TYPES[kind]).content).convert("L")
    assert picture.size == (40, 60)
    assert picture.getpixel((35, 30)) > 200
    assert picture.getpixel((5, 30)) < 50


@pytest.mark.parametrize(
    ("kind", "mode"),
    [*(("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")), ("JPEG", "L"), ("JPEG", "CMYK"),
     ("HEIF", "L"), ("HEIF", "RGBA")],
)  # fmt: skip
def test_every_kind_of_pixel_is_drawn_and_has_a_small_one(kind, mode):
    drawn = draw(photo(kind, mode), TYPES[kind])
    assert opened(drawn.content).size == (60, 40)
    small = opened(drawn.small)
    assert (small.format, small.mode) == ("JPEG", "RGB")


def test_a_small_picture_is_small():
    large = io.BytesIO()
    Image.effect_noise((3000, 2000), 80).convert("RGB").save(large, "JPEG")
    drawn = draw(large.getvalue(), "image/jpeg")
    assert opened(drawn.small).size == (240, 160)
    assert len(drawn.small) < 30_000


def slow_jpeg(scans: int) -> bytes:
    """A small progressive JPEG that goes over all its pixels again and again: its last scan, repeated."""
    buffer = io.BytesIO()
    Image.new("L", (6000, 6000)).save(buffer, "JPEG", progressive=True)
    content = buffer.getvalue()
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * scans + b"\xff\xd9"


@pytest.mark.parametrize(
    ("limit", "value", "content"),
    [
        ("MEMORY_BYTES", 150_000_000, lambda: slow_jpeg(1)),
        ("CPU_S", 1, lambda: slow_jpeg(400)),
        ("WALL_S", 0.5, lambda: slow_jpeg(400)),
        ("MAX_PIXELS", 2399, lambda: photo("JPEG")),
        ("MAX_PIXELS", 2399, lambda: photo("HEIF")),
    ],
)
def test_a_decoder_that_wants_too_much_is_stopped(monkeypatch, limit, value, content):
    hostile = content()
    kind = "image/heic" if hostile[4:8] == b"ftyp" else "image/jpeg"
    if limit == "MAX_PIXELS":
        assert draw(hostile, kind).content  # 2,400 pixels pass the real limit
    monkeypatch.setattr(pictures, limit, value)
    with pytest.raises(FileRefused) as refusal:
        draw(hostile, kind)
    assert refusal.value.next_step


def test_the_process_that_draws_knows_no_secret_and_writes_no_file(monkeypatch, tmp_path):
    spy = tmp_path / "spy.py"
    spy.write_text(
        "import os, sys, resource\n"
        "sys.stdin.buffer.read()\n"
        "assert set(os.environ) <= {'MALLOC_ARENA_MAX', 'LC_CTYPE'}, os.environ\n"
        "assert 'madoguchi' not in sys.modules and sys.flags.isolated and os.getcwd() == '/'\n"
        "open_files = [name for name in os.listdir('/proc/self/fd') if int(name) > 2]\n"
        "assert len(open_files) == 1, open_files  # of this very list\n"
        "sys.stdout.buffer.write(bytes(4) + b'small')\n"
    )
    monkeypatch.setenv("SECRET_KEY", "not for a decoder")
    monkeypatch.setattr(pictures, "_PROGRAM", spy)
    assert draw(photo("JPEG"), "image/jpeg").small == b"small"


def test_the_program_that_draws_brings_no_other_part_of_ours_with_it():
    source = Path(pictures.__file__).with_name("drawing.py").read_text(encoding="utf-8")
    assert set(re.findall(r"^\s*(?:import|from) (\w+)", source, re.MULTILINE)) <= {
        *sys.stdlib_module_names,
        "PIL",
        "pi_heif",
    }


@pytest.mark.django_db
def test_a_small_picture_is_shown_only_of_a_file_that_opens_and_goes_with_it(resident):
    photo_file, letter = stored(resident, png()), scanned(stored(resident, blank_pdf()))
    assert (photo_file.small, letter.small) == ("", "")
    for state in ("harmful", "unscannable"):
        assert scanned(photo_file, state).small == ""
    address = scanned(photo_file).small
    kind, _, data = address.partition(";base64,")
    assert kind == "data:image/jpeg"
    assert opened(base64.b64decode(data)).format == "JPEG"
    discard(photo_file, actor=resident)
    assert not Thumbnail.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
def test_heic_is_known_by_its_content_and_kept_under_a_true_name(resident, brand):
    content = photo("HEIF")
    file = scanned(stored(resident, content[:8] + brand + content[12:], name="IMG_0001.HEIC"))
    assert (file.name, file.content_type) == ("IMG_0001.jpg", "image/jpeg")
    assert opened(content_of(file)).format == "JPEG"
