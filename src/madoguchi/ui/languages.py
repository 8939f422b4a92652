"""How a browser's visitor wants the words: in which register, and with readings above the kanji or without."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

YEAR_S = 365 * 24 * 60 * 60


def keep_language(response: HttpResponse, code: str) -> None:
    """The cookie that Django's locale middleware reads."""
    _keep(response, settings.LANGUAGE_COOKIE_NAME, code)


def keep_furigana(response: HttpResponse, *, wanted: bool) -> None:
    """The cookie that asks for readings; without it there are none."""
    if wanted:
        _keep(response, settings.FURIGANA_COOKIE_NAME, "on")
    else:
        response.delete_cookie(settings.FURIGANA_COOKIE_NAME, samesite="Lax")


def wants_furigana(request: HttpRequest) -> bool:
    return request.COOKIES.get(settings.FURIGANA_COOKIE_NAME) == "on"


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR_S, samesite="Lax", httponly=True, secure=settings.SECURE)
