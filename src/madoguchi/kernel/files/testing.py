"""For tests: the smallest real PDF."""

import io

from pypdf import PdfWriter


def blank_pdf(title: bytes = b"") -> bytes:
    """One empty page; `title` stands in it readable."""
    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": title.decode("ascii")})
    writer.write(buffer)
    return buffer.getvalue()
