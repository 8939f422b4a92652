"""What a PDF may carry: pages. Programs, other files and forms with a program of their own are refused."""

import io
import zipfile

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from madoguchi.kernel.files.errors import FileRefused

MAX_OBJECTS = 50_000
# ISO 32000-2: 12.6.4.17 JavaScript, 7.11.4 embedded files, 12.7.8 XFA forms, 13.7 rich media
ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
# 12.6.4: actions that start a program, send the form somewhere, or bring in data
ACTIVE_ACTIONS = {"/Launch", "/JavaScript", "/SubmitForm", "/ImportData", "/GoToE"}


def check_pdf(content: bytes) -> None:
    """Nothing but pages, and nothing but a PDF. Raises: FileRefused."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise _active()
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise FileRefused(
                what=_("PDFにパスワードがかかっています。"),
                next_step=_("パスワードを外したPDFか、写真を選んでください。"),
            )
        _walk(reader)
    # pypdf meets a hostile file with any of these; whichever it was, the file cannot be read
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise FileRefused(
            what=_("PDFを開けませんでした。ファイルが壊れているようです。"),
            next_step=_("もう一度PDFを作るか、写真を選んでください。"),
        ) from error


def _walk(reader: PdfReader) -> None:
    """Look at every object that can be reached from the catalogue, each once."""
    waiting: list[PdfObject | None] = [reader.root_object]
    seen: set[int] = set()
    looked_at = 0
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, IndirectObject):
            if entry.idnum in seen:
                continue
            seen.add(entry.idnum)
            entry = entry.get_object()
        looked_at += 1
        if isinstance(entry, DictionaryObject):
            if ACTIVE_KEYS & entry.keys() or str(entry.get("/S")) in ACTIVE_ACTIONS:
                raise _active()
            waiting += [entry.raw_get(key) for key in entry]
        elif isinstance(entry, ArrayObject):
            waiting += list(entry)
        if looked_at + len(waiting) > 20 * MAX_OBJECTS or len(seen) > MAX_OBJECTS:
            raise ValueError("more objects than a letter has")


def _active() -> FileRefused:
    return FileRefused(
        what=_("PDFの中に、プログラムか別のファイルが入っています。"),
        next_step=_("「印刷」から新しいPDFを作るか、写真を選んでください。"),
    )
