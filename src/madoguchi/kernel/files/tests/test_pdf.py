"""Hostile PDFs, and a disk without room."""

import errno
import io
import os
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from madoguchi.kernel.files.errors import FileRefused
from madoguchi.kernel.files.intake import clean
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.testing import blank_pdf, stored


def pdf_with(change) -> bytes:
    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    change(writer)
    writer.write(buffer)
    return buffer.getvalue()


def action(kind: str):
    def change(writer: PdfWriter) -> None:
        entry = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("cmd.exe")})
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): writer._add_object(entry)})

    return change


def also_a_zip(content: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("a.html", "<script>alert(1)</script>")
    return buffer.getvalue()


def bomb() -> bytes:
    """The catalogue stands in an object stream of 300 MB of spaces, 300 kB packed (ISO 32000-2, 7.5.7)."""
    packed = zlib.compress(b" " * 300_000_000, 9)
    head = b"%PDF-1.5\n"
    stream = b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    body = head + stream + packed + b"\nendstream\nendobj\n"
    rows = b"\0\0\0\xff" + b"\1" + len(head).to_bytes(2, "big") + b"\0" + b"\2\0\1\0"
    table = b"3 0 obj\n<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Length %d>>stream\n" % len(rows)
    return body + table + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: pdf_with(action("/JavaScript")), id="script"),
        pytest.param(lambda: pdf_with(lambda writer: writer.add_attachment("a.exe", b"MZ")), id="embedded file"),
        pytest.param(lambda: pdf_with(action("/Launch")), id="launch"),
        pytest.param(lambda: pdf_with(action("/SubmitForm")), id="submit"),
        pytest.param(lambda: pdf_with(lambda writer: writer.encrypt("secret")), id="password"),
        pytest.param(lambda: also_a_zip(blank_pdf()), id="also a zip"),
        pytest.param(lambda: blank_pdf()[:200], id="cut off"),
        pytest.param(lambda: b"%PDF-1.7\n%%EOF\n", id="no pages"),
        pytest.param(bomb, id="bomb"),
    ],
)
def test_a_pdf_with_more_than_pages_is_refused_with_a_way_on(content):
    with pytest.raises(FileRefused) as refusal:
        clean(SimpleUploadedFile("a.pdf", content()))
    assert refusal.value.next_step


@pytest.mark.django_db
def test_a_full_disk_says_so_and_leaves_neither_row_nor_file(resident, settings, monkeypatch):
    from pathlib import Path

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = set(Path(settings.FILE_DIR).rglob("*/*"))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileRefused, match="空きがない"):
        stored(resident, blank_pdf())
    assert not StoredFile.objects.exists()
    assert set(Path(settings.FILE_DIR).rglob("*/*")) == before
