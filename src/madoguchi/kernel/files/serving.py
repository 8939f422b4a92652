"""Handing a content out: shut in, under a name of ours, whole or a part of it."""

from django.http import HttpRequest, HttpResponse

from madoguchi.kernel.files.actions import content_of
from madoguchi.kernel.files.intake import ENDINGS
from madoguchi.kernel.files.models import StoredFile
from madoguchi.lib.ranges import whole_or_part

# what somebody sent is looked at and nothing else
SHUT_IN = "default-src 'none'; img-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"


def file_response(request: HttpRequest, file: StoredFile) -> HttpResponse:
    """The answer to who may see this file. Raises: FileShut."""
    # pixels that we drew open in the browser; a PDF goes to the viewer of the workplace
    shown = "inline" if file.content_type.startswith("image/") else "attachment"
    headers = {
        "Content-Disposition": f'{shown}; filename="{file.uid}.{ENDINGS[file.content_type][0]}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SHUT_IN,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return whole_or_part(request, content_of(file), digest=file.digest, content_type=file.content_type, headers=headers)
