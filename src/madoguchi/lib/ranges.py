"""A content handed out whole or in part (RFC 9110, section 14)."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

_RANGE = re.compile(r"bytes=\s*(\d{0,20})-(\d{0,20})\s*", re.IGNORECASE)


def whole_or_part(
    request: HttpRequest, content: bytes, *, digest: str, content_type: str, headers: Mapping[str, str]
) -> HttpResponse:
    """What the request asks for of `content`; `digest` names it as long as it stays the same."""
    tag = f'"{digest}"'
    said = {**headers, "Accept-Ranges": "bytes", "ETag": tag}
    status, wanted = HTTPStatus.OK, None
    if request.method == "GET" and request.headers.get("If-Range", tag) == tag:
        wanted = _RANGE.fullmatch(request.headers.get("Range", ""))  # several ranges, or nonsense: the whole
    if wanted and (found := _part(wanted[1], wanted[2], len(content))) is not None:
        if not found:
            said["Content-Range"] = f"bytes */{len(content)}"
            return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=said)
        status = HTTPStatus.PARTIAL_CONTENT
        said["Content-Range"] = f"bytes {found.start}-{found.stop - 1}/{len(content)}"
        content = content[found.start : found.stop]
    said["Content-Length"] = str(len(content))
    return HttpResponse(content, status=status, content_type=content_type, headers=said)


def _part(first: str, last: str, size: int) -> range | None:
    """The bytes that are asked for, none of them when they are not there; None when it is no range at all."""
    if first == last == "":
        return None
    if first == "":  # so many from the end
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(min(int(first), size), min(int(last) + 1 if last else size, size))
