"""Hostile files through the page a resident uses: refused with a way on, or harmless by the time they are kept."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image
from pypdf import PdfWriter

from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.kernel.files.public import StoredFile
from madoguchi.kernel.files.testing import blank_pdf, scanned, stored
from madoguchi.services.procedures.testing import add_file, make_claim
from madoguchi.standins.scanner.server import EICAR

pytestmark = pytest.mark.django_db
SCRIPT = b"<html><script>alert(1)</script></html>"


def picture(kind: str = "PNG", **more) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(buffer, kind, **more)
    return buffer.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    """Archives in archives, a million times larger inside."""
    content = b"\0" * 20_000_000
    for level in range(4):
        content = zipped(f"{level}.zip", content)
    return content


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack("!I", len(content)) + name + content + struct.pack("!I", zlib.crc32(name + content))


def png(width: int, height: int, *more: bytes) -> bytes:
    """One bit a pixel: 900 million pixels in a hundred kilobytes."""
    head = chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress(b"\0" * (1 + width // 8) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def locked_pdf() -> bytes:
    writer, buffer = PdfWriter(clone_from=io.BytesIO(blank_pdf())), io.BytesIO()
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(buffer)
    return buffer.getvalue()


REFUSED = {
    "the test file of EICAR itself": ("virus.pdf", lambda: EICAR),
    "a program": ("photo.jpg", lambda: b"MZ\x90\x00" + b"\0" * 200),
    "an archive": ("photo.jpg", lambda: zipped("a.txt", b"a")),
    "a bomb of archives in archives": ("photo.jpg", zip_bomb),
    "a document with a macro (OOXML)": ("letter.docm", lambda: zipped("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")),
    "a document with a macro (OLE2)": ("letter.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000),
    "SVG with a script": ("photo.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
    "SVG that calls itself JPEG": ("photo.jpg", lambda: b"<?xml version='1.0'?><svg onload='alert(1)'/>"),
    "HTML that calls itself PDF": ("letter.pdf", lambda: SCRIPT),
    "GIF that is a script, too": ("photo.gif", lambda: b"GIF89a/*" + b"\0" * 50 + b"*/=1;alert(1)"),
    "GIF that calls itself PNG": ("photo.png", lambda: picture("GIF")),
    "PDF that is an archive, too": ("letter.pdf", lambda: blank_pdf() + zipped("a.html", SCRIPT)),
    "archive that is a PDF, too": ("letter.pdf", lambda: zipped("a.pdf", blank_pdf())),
    "HTML before a PDF": ("letter.pdf", lambda: SCRIPT + blank_pdf()),
    "a locked PDF": ("letter.pdf", locked_pdf),
    "a bomb of pixels": ("photo.png", lambda: png(30_000, 30_000)),
    "a bomb in the text of a picture": (
        "photo.png",
        lambda: png(8, 8, chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 50_000_000))),
    ),
    "a picture that is cut off": ("photo.jpg", lambda: picture("JPEG")[:400]),
    "sizes that are lies": ("photo.png", lambda: png(0, 0)),
    "nothing": ("photo.jpg", lambda: b""),
    "more than ten megabytes": ("letter.pdf", lambda: blank_pdf() + b"\0" * 10 * 1024 * 1024),
}


@pytest.fixture(autouse=True)
def _in_japanese():
    yield
    translation.deactivate()


@pytest.fixture
def claim(resident):
    return make_claim(resident)


def kept_paths(settings) -> set[Path]:
    return set(Path(settings.FILE_DIR).rglob("*/*"))


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_beside_the_box_and_nothing_is_kept(claim, resident, settings, what):
    name, content = REFUSED[what]
    before = kept_paths(settings)
    answer = add_file(signed_in(resident), claim, content(), name=name)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "エラー：" in text
    assert "ください" in text.split('id="id_mutual_proof_error"')[1][:300]  # what to do next, at the box
    assert not StoredFile.objects.exists()
    assert kept_paths(settings) == before


HARMLESS = {
    "HTML in the comment of a JPEG": ("JPEG", lambda: picture("JPEG", comment=SCRIPT)),
    "HTML behind a JPEG": ("JPEG", lambda: picture("JPEG") + SCRIPT),
    "HTML in the text of a PNG": ("PNG", lambda: png(8, 8, chunk(b"tEXt", b"Comment\0" + SCRIPT))),
    "an archive behind a PNG": ("PNG", lambda: picture() + zipped("a.html", SCRIPT)),
    "a profile of colours that is HTML": ("PNG", lambda: png(8, 8, chunk(b"iCCP", b"x\0\0" + zlib.compress(SCRIPT)))),
    "XMP with HTML": ("JPEG", lambda: picture("JPEG", xmp=SCRIPT)),
    "EICAR behind a JPEG": ("JPEG", lambda: picture("JPEG") + EICAR),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_what_hides_in_a_picture_is_not_kept(claim, resident, what):
    kind, content = HARMLESS[what]
    assert SCRIPT in (raw := content()) or EICAR in raw or b"iCCP" in raw or b"PK" in raw
    browser = signed_in(resident)
    assert add_file(browser, claim, raw, name="photo.html").status_code == 200
    file = scanned(claim.attachments.get().file)
    served = browser.get(f"/procedures/cases/{claim.uid}/files/{file.uid}/")
    assert Image.open(io.BytesIO(served.content)).format == kind
    for hidden in (b"<script", b"PK\x03\x04", b"iCCP", EICAR):
        assert hidden not in served.content


NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\system32\\evil.pdf": "evil.pdf",
    "/etc/passwd": "passwd.pdf",
    "証明\x00.pdf": "証明.pdf",
    "証明\r\nSet-Cookie: a=b.pdf": "証明Set-Cookie: a=b.pdf",
    "evil\u202efdp.exe": "evilfdp.exe.pdf",
    "evil.exe": "evil.exe.pdf",
    "a.pdf.html": "a.pdf.html.pdf",
    "photo.JPG": "photo.pdf",
    "証明.PDF": "証明.PDF",
    "CON": "CON.pdf",
    "...": "file.pdf",
    ".pdf": "file.pdf",
    "𠮷田 葛\U000e0100.pdf": "𠮷田 葛\U000e0100.pdf",
    "\ue000外字.pdf": "\ue000外字.pdf",
    "名" * 300 + ".pdf": "名" * 116 + ".pdf",
    "a.pdf ": "a.pdf",
}


@pytest.mark.parametrize(("given", "kept"), NAMES.items(), ids=[kept[:20] for kept in NAMES.values()])
def test_a_name_is_shown_without_tricks_and_never_becomes_a_path(claim, resident, settings, given, kept):
    """Through the store itself: what a browser or the parser of forms would take out first is not relied on."""
    before = kept_paths(settings)
    file = stored(resident, blank_pdf(), name=given)
    assert file.name == kept
    (path,) = kept_paths(settings) - before
    assert path.name == file.uid.hex


THROUGH = ["../../etc/passwd", "evil\u202efdp.exe", "a\x00.pdf", "𠮷 葛\U000e0100.pdf", "x" * 5000, '"><script>']


@pytest.mark.parametrize("given", THROUGH, ids=lambda name: name[:20])
def test_a_name_through_the_page_is_text_and_no_header(claim, resident, given):
    browser = signed_in(resident)
    answer = add_file(browser, claim, blank_pdf(), name=given)
    assert answer.status_code == 200
    assert "\u202e" not in answer.content.decode()
    assert "<script>" not in answer.content.decode().replace('<script src="', "")
    file = scanned(claim.attachments.get().file)
    served = browser.get(f"/procedures/cases/{claim.uid}/files/{file.uid}/")
    assert served["Content-Disposition"] == f'attachment; filename="{file.uid}.pdf"'


def test_a_hundred_megabytes_are_refused_before_they_are_read(claim, resident):
    class Untouched(io.RawIOBase):
        def read(self, *_):
            raise AssertionError("the body was read")

    page = f"/procedures/cases/{claim.uid}/pages/claimant/"
    for language, words in [("ja", "1つ10メガバイトまで"), ("ja-easy", "10メガバイト"), ("en", "10 MB")]:
        browser = signed_in(resident)
        browser.cookies["language"] = language
        answer = browser.generic(
            "POST", page, b"", content_type="multipart/form-data; boundary=x",
            **{"CONTENT_LENGTH": "100000000", "wsgi.input": Untouched()},
        )  # fmt: skip
        assert answer.status_code == 413
        assert words in answer.content.decode()
    assert not StoredFile.objects.exists()


CAME_FROM = [
    ("http://testserver/procedures/x/", True),
    ("https://evil.example/", False),
    ("javascript:alert(1)", False),
]


@pytest.mark.parametrize(("came_from", "back"), CAME_FROM)
def test_the_way_back_leads_to_a_page_of_ours_only(example_city, client, came_from, back):
    text = client.get("/too-large/", headers={"Referer": came_from}).content.decode()
    assert ('href="/procedures/x/"' in text) is back
    assert "evil.example" not in text
    assert "alert(1)" not in text


def test_what_fits_never_lies_on_the_disk_unsealed(settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= 10 * 1024 * 1024 + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
