"""A request larger than anything we take is refused before its body is read, in words for the person who sent it."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from madoguchi.lib.access import public_page


class TooLargeMiddleware:
    """Stands where language and person are known and nobody has read the body yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return _told(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)


@public_page
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """For nginx, which refuses before we can and shows this with its own 413 (docs/how-to/nginx.conf)."""
    return _told(request, HTTPStatus.OK)


def _told(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """With the way back to the page of ours it was sent from: a browser's own way back would send it again."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return render(request, "413.html", {"back": urlsplit(came_from).path if ours else ""}, status=status)
