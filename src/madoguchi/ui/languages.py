"""The register of the words a browser remembers."""

from django.conf import settings
from django.http import HttpResponse

YEAR_S = 365 * 24 * 60 * 60


def keep_language(response: HttpResponse, code: str) -> None:
    """The cookie that Django's locale middleware reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR_S,
        samesite="Lax",
        httponly=True,
        secure=settings.SECURE,
    )
