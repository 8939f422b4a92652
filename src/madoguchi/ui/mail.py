"""The HTML part of a mail, made from its text: nobody writes a mail twice, and both parts say the same."""

import re

from django.template.loader import render_to_string

ADDRESS = re.compile(r"(https?://[^\s<>「」（）、。]+)")


def as_html(subject: str, text: str) -> str:
    """`text` in paragraphs (empty lines between them), with its addresses as links; no picture, nothing fetched."""
    paragraphs = [
        [(piece, bool(place % 2)) for place, piece in enumerate(ADDRESS.split(paragraph)) if piece]
        for paragraph in re.split(r"\n{2,}", text.strip())
    ]
    return render_to_string("ui/layouts/email.html", {"subject": subject, "paragraphs": paragraphs})
