"""What may come in: type by content, size limits, pictures drawn anew so that nothing hides in them."""

import re
import unicodedata
from dataclasses import dataclass

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from madoguchi.kernel.files.errors import FileRefused
from madoguchi.kernel.files.pictures import FORMATS, draw

MAX_BYTES = 10 * 1024 * 1024
# what is kept, with the endings that go with it; the first is the one we give. HEIC comes in and is kept as JPEG
ENDINGS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "application/pdf": ("pdf",),
}
KNOWN = {ending for endings in ENDINGS.values() for ending in endings} | {"heic", "heif", "hif"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}  # ISO/IEC 23008-12, annex B
MOST_NAME = 120
STEERING = {"Cc", "Cf", "Cs"}  # control, direction and joining, half of a pair; 外字 (Co) stay


@dataclass(frozen=True)
class Clean:
    """An accepted upload: bytes as they will be stored."""

    name: str
    content_type: str
    content: bytes
    small: bytes = b""  # of a picture, for lists


def clean(upload: UploadedFile) -> Clean:
    """Check and clean an upload; seconds for a large picture, so outside of transactions. Raises: FileRefused."""
    if upload.size is None or upload.size > MAX_BYTES:
        raise FileRefused(
            what=_("ファイルが大きすぎます（上限は10メガバイトです）。"),
            next_step=_("写真の大きさを小さくするか、何枚かに分けて選んでください。"),
        )
    content = upload.read()
    if not content:
        raise FileRefused(what=_("ファイルの中身が空です。"), next_step=_("もう一度、ファイルを選んでください。"))
    kind = _kind(content)
    if kind not in ENDINGS and kind not in FORMATS:
        raise FileRefused(
            what=_("この種類のファイルは受け取れません。"),
            next_step=_("写真（JPEG・PNG・HEIC）かPDFを選んでください。"),
        )
    if kind in FORMATS:
        drawn = draw(content, kind)
        name = _named(upload.name or "", drawn.content_type)
        return Clean(name, drawn.content_type, drawn.content, drawn.small)
    from madoguchi.kernel.files.pdf import check_pdf  # not at start: its library weighs 20 MB

    check_pdf(content)
    return Clean(_named(upload.name or "", kind), kind, content)


def _kind(content: bytes) -> str:
    """The type by the content."""
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return "image/heic"
    return str(filetype.guess_mime(content))


def _named(given: str, kind: str) -> str:
    """The last part of a path, without characters that only steer, with an ending that is true."""
    last = re.split(r"[\\/]", given)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in STEERING)
    stem, _, ending = shown.strip(" .").rpartition(".")
    if ending.lower() in ENDINGS[kind] and stem:
        return f"{stem[: MOST_NAME - 1 - len(ending)]}.{ending}"
    if ending.lower() not in KNOWN:
        stem = shown.strip(" .")  # no ending of a picture or a letter: it stays, and the true one follows
    return f"{stem[: MOST_NAME - 5] or 'file'}.{ENDINGS[kind][0]}"
