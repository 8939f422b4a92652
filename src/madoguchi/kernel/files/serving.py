"""Handing a content out: shut in, under a name of ours, whole or a part of it (RFC 9110, section 14)."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from madoguchi.kernel.files.actions import content_of
from madoguchi.kernel.files.intake import ENDINGS
from madoguchi.kernel.files.models import StoredFile

# what somebody sent is looked at and nothing else
SHUT_IN = "default-src 'none'; img-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
_RANGE = re.compile(r"bytes=\s*(\d{0,20})-(\d{0,20})\s*", re.IGNORECASE)


def file_response(request: HttpRequest, file: StoredFile) -> HttpResponse:
    """The answer to who may see this file. Raises: FileShut."""
    content, tag = content_of(file), f'"{file.digest}"'
    # pixels that we drew open in the browser; a PDF goes to the viewer of the workplace
    shown = "inline" if file.content_type.startswith("image/") else "attachment"
    headers = {
        "Content-Disposition": f'{shown}; filename="{file.uid}.{ENDINGS[file.content_type][0]}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SHUT_IN,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Accept-Ranges": "bytes",
        "ETag": tag,
    }
    status, wanted = HTTPStatus.OK, None
    if request.method == "GET" and request.headers.get("If-Range", tag) == tag:
        wanted = _RANGE.fullmatch(request.headers.get("Range", ""))  # several ranges, or nonsense: the whole
    if wanted and (found := _part(wanted[1], wanted[2], len(content))) is not None:
        if not found:
            headers["Content-Range"] = f"bytes */{len(content)}"
            return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
        status = HTTPStatus.PARTIAL_CONTENT
        headers["Content-Range"] = f"bytes {found.start}-{found.stop - 1}/{len(content)}"
        content = content[found.start : found.stop]
    headers["Content-Length"] = str(len(content))
    return HttpResponse(content, status=status, content_type=file.content_type, headers=headers)


def _part(first: str, last: str, size: int) -> range | None:
    """The bytes that are asked for, none of them when they are not there; None when it is no range at all."""
    if first == last == "":
        return None
    if first == "":  # so many from the end
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(min(int(first), size), min(int(last) + 1 if last else size, size))
