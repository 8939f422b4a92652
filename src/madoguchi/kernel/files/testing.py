"""For tests: the smallest real PDF, EICAR in a PDF, and a file whose scan is over."""

import io

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.quarantine import scan_file
from madoguchi.lib import clock
from madoguchi.standins.scanner.server import EICAR


def blank_pdf(title: bytes = b"") -> bytes:
    """One empty page; `title` stands in it readable."""
    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": title.decode("ascii")})
    writer.write(buffer)
    return buffer.getvalue()


def eicar_pdf() -> bytes:
    """A PDF of one page whose content is the test file of EICAR: a letter by its form, found by a scanner only."""
    writer, buffer = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(100, 100)
    stream = DecodedStreamObject()
    stream.set_data(EICAR)
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(buffer)
    return buffer.getvalue()


def scan_now(file: StoredFile) -> None:
    """What the worker does with it."""
    scan_file.call(file_id=file.pk)


def scanned(file: StoredFile, state: str = "clean") -> StoredFile:
    """The file as a scan left it."""
    file.state, file.scanned_at = state, clock.now()
    file.save(update_fields=["state", "scanned_at"])
    return file
