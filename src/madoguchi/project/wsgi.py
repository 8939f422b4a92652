"""The WSGI application that granian serves: collected files from disk, everything else from Django."""

import gc
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

# Looking through all of memory stops every thread for a tenth of a second once a city's plan is there, and every tenth
# page waited for it. What was loaded at the start is left out, and the rest is looked through far less often.
gc.freeze()
gc.set_threshold(50_000, 20, 100)
