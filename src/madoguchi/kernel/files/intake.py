"""What may come in: type by content, size limits, pictures drawn anew so that nothing hides in them."""

import io
import re
import unicodedata
from dataclasses import dataclass

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from madoguchi.kernel.files.errors import FileRefused

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
# endings that go with a type; the first is the one we give
ENDINGS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "application/pdf": ("pdf",),
}
MOST_NAME = 120
STEERING = {"Cc", "Cf", "Cs"}  # control, direction and joining, half of a pair; 外字 (Co) stay


@dataclass(frozen=True)
class Clean:
    """An accepted upload: bytes as they will be stored."""

    name: str
    content_type: str
    content: bytes


def clean(upload: UploadedFile) -> Clean:
    """Check and clean an upload. Raises: FileRefused."""
    if upload.size is None or upload.size > MAX_BYTES:
        raise FileRefused(
            what=_("ファイルが大きすぎます（上限は10メガバイトです）。"),
            next_step=_("写真の大きさを小さくするか、何枚かに分けて選んでください。"),
        )
    content = upload.read()
    if not content:
        raise FileRefused(what=_("ファイルの中身が空です。"), next_step=_("もう一度、ファイルを選んでください。"))
    kind = filetype.guess_mime(content)
    if kind not in ENDINGS:
        raise FileRefused(
            what=_("この種類のファイルは受け取れません。"),
            next_step=_("写真（JPEG・PNG）かPDFを選んでください。"),
        )
    if kind in PICTURES:
        content = _redrawn(content, PICTURES[kind])
    else:
        from madoguchi.kernel.files.pdf import check_pdf  # not at start: its library weighs 20 MB

        check_pdf(content)
    return Clean(_named(upload.name or "", kind), kind, content)


def _named(given: str, kind: str) -> str:
    """The last part of a path, without characters that only steer, with an ending that is true."""
    last = re.split(r"[\\/]", given)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in STEERING)
    stem, _, ending = shown.strip(" .").rpartition(".")
    if ending.lower() in ENDINGS[kind] and stem:
        return f"{stem[: MOST_NAME - 1 - len(ending)]}.{ending}"
    if ending.lower() not in {known for all_known in ENDINGS.values() for known in all_known}:
        stem = shown.strip(" .")  # no ending of a picture or a letter: it stays, and the true one follows
    return f"{stem[: MOST_NAME - 5] or 'file'}.{ENDINGS[kind][0]}"


def _redrawn(content: bytes, format_name: str) -> bytes:
    """The picture's pixels in a new file: position and camera data stay behind."""
    try:
        with Image.open(io.BytesIO(content), formats=[format_name]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise FileRefused(what=_("写真の画素数が多すぎます。"), next_step=_("小さくした写真を選んでください。"))
            upright = ImageOps.exif_transpose(picture)
            if upright.mode == "P":  # a palette carries no pixels of its own
                upright = upright.convert("RGBA")
            fresh = Image.new(upright.mode, upright.size)
            fresh.paste(upright)
            buffer = io.BytesIO()
            fresh.save(buffer, format_name, quality=90)
            return buffer.getvalue()
    except FileRefused:
        raise
    except Exception as error:  # decoders meet a hostile picture with any error there is
        raise FileRefused(
            what=_("写真を開けませんでした。ファイルが壊れているようです。"),
            next_step=_("もう一度撮影するか、別の写真を選んでください。"),
        ) from error
