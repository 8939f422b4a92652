"""Is the process alive, and can it serve?"""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from madoguchi.lib.access import public_page

PLAIN = "text/plain; charset=utf-8"


@public_page
@never_cache
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("ok\n", content_type=PLAIN)


@public_page
@never_cache
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """503 while the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever the driver raises, we are not ready
        return HttpResponse("database does not answer\n", content_type=PLAIN, status=503)
    return HttpResponse("ready\n", content_type=PLAIN)
