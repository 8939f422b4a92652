"""For tests: the smallest real PDF, EICAR in a PDF, files whose scan is over."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.files.actions import store
from madoguchi.kernel.files.intake import clean
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


def png(mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (30, 20)).save(buffer, "PNG")
    return buffer.getvalue()


def stored(owner: Person, content: bytes, *, name: str = "証明.pdf") -> StoredFile:
    """Kept under exactly that name: Django's own cleaning of names is gone round."""
    upload = SimpleUploadedFile("x", content)
    upload.__dict__["_name"] = name
    return store(clean(upload), owner=owner, retention_years=5)


def scan_now(file: StoredFile) -> None:
    """What the worker does with it."""
    scan_file.call(file_id=file.pk)


def scanned(file: StoredFile, state: str = "clean") -> StoredFile:
    """The file as a scan left it."""
    file.state, file.scanned_at = state, clock.now()
    file.save(update_fields=["state", "scanned_at"])
    return file


@contextmanager
def s3_server(bucket: str) -> Iterator[str]:
    """The address of a server of S3's protocol on loopback with an empty bucket: moto, which we did not write."""
    import requests
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        requests.put(f"http://{host}:{port}/{bucket}", timeout=10).raise_for_status()
        yield f"http://{host}:{port}"
    finally:
        server.stop()
