"""A request holds text: an address of bytes that are no UTF-8, and NUL, which no database keeps, are refused.

No keyboard makes either. What people can paste by mistake is refused beside its field (ui/characters.py).
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class WireMiddleware:
    """Stands before whatever reads the path or the query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            query = unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode()
        except UnicodeDecodeError as error:
            raise BadRequest("the query is no UTF-8") from error
        if "\0" in request.path or "\0" in query:
            raise BadRequest("NUL in the address")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """The fields of a form, which the check of its token is about to read in any case."""
        if request.method == "POST" and any("\0" in text for text in _fields(request)):
            raise BadRequest("NUL in a field")


def _fields(request: HttpRequest) -> Iterator[str]:
    for name, values in request.POST.lists():
        yield name
        yield from values
