"""The WSGI application that granian serves: collected files from disk, everything else from Django."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise
from whitenoise.responders import Headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madoguchi.project.settings")
_pages = get_wsgi_application()


def _guard(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"


application = WhiteNoise(
    _pages,
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    allow_all_origins=False,
    add_headers_function=_guard,
    immutable_file_test=r"\.[0-9a-f]{12}\.",  # the digest that collecting puts into a name
)
