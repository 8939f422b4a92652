"""A content leaves shut in, under a name of ours, whole or in parts as RFC 9110 (section 14) has them."""

import pytest
from django.test import RequestFactory

from madoguchi.kernel.files.errors import FileShut
from madoguchi.kernel.files.serving import file_response
from madoguchi.kernel.files.testing import blank_pdf, png, scanned, stored

pytestmark = pytest.mark.django_db
CONTENT = blank_pdf(b"0123456789")
SIZE = len(CONTENT)


@pytest.fixture
def file(resident):
    return scanned(stored(resident, CONTENT, name="花子の証明.pdf"))


def ask(file, method: str = "get", **headers):
    return file_response(getattr(RequestFactory(), method)("/", headers=headers), file)


def test_a_pdf_is_saved_and_a_picture_shown_and_neither_can_do_anything(file, resident):
    answer = ask(file)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    rules = answer["Content-Security-Policy"].split("; ")
    assert "sandbox" in rules
    assert "default-src 'none'" in rules
    assert answer["Content-Disposition"] == f'attachment; filename="{file.uid}.pdf"'
    photo = ask(scanned(stored(resident, png())))
    assert photo["Content-Disposition"].startswith("inline; ")
    assert photo["Content-Disposition"].endswith('.png"')
    assert photo["Content-Security-Policy"] == answer["Content-Security-Policy"]


def test_a_file_in_quarantine_has_no_answer(resident):
    with pytest.raises(FileShut):
        ask(stored(resident, CONTENT))


PARTS = [
    ("bytes=0-0", 0, 1),
    ("bytes=0-9", 0, 10),
    ("bytes=5-", 5, SIZE),
    ("bytes=-4", SIZE - 4, SIZE),
    (f"bytes=-{SIZE * 2}", 0, SIZE),
    (f"bytes=0-{'9' * 20}", 0, SIZE),
    (f"bytes={SIZE - 1}-{SIZE}", SIZE - 1, SIZE),
    ("Bytes=2-3", 2, 4),
]


@pytest.mark.parametrize(("asked", "first", "after"), PARTS)
def test_a_part_is_given_with_its_place(file, asked, first, after):
    answer = ask(file, Range=asked)
    assert answer.status_code == 206
    assert answer.content == CONTENT[first:after]
    assert answer["Content-Range"] == f"bytes {first}-{after - 1}/{SIZE}"
    assert answer["Content-Length"] == str(after - first)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"])
def test_a_part_that_is_not_there_is_416_with_the_size(file, asked):
    answer = ask(file, Range=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{SIZE}"
    assert answer.content == b""


@pytest.mark.parametrize(
    "asked", ["bytes=", "bytes=-", "bytes=5-2", "lines=0-9", "bytes=a-b", "bytes=0-1,5-6", "0-9", f"bytes=0-{'9' * 99}"]
)
def test_what_is_no_range_or_several_gets_the_whole(file, asked):
    answer = ask(file, Range=asked)
    assert answer.status_code == 200
    assert answer.content == CONTENT
    assert answer["Accept-Ranges"] == "bytes"


def test_a_part_of_another_version_gets_the_whole_and_a_head_has_no_parts(file):
    tag = ask(file)["ETag"]
    assert ask(file, Range="bytes=0-3", **{"If-Range": tag}).status_code == 206
    for other in ('"other"', f"W/{tag}", "Sun, 29 Nov 2026 00:00:00 GMT"):
        assert ask(file, Range="bytes=0-3", **{"If-Range": other}).status_code == 200
    assert ask(file, "head", Range="bytes=0-3").status_code == 200
