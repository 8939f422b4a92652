"""What only the browser of someone answering holds: the code and the token of the draft, sealed in one cookie.

The server keeps neither together: the session of a signed-in person is not touched, the draft has no code.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from madoguchi.kernel.vault.public import CannotUnseal, seal, unseal
from madoguchi.services.surveys.actions.answering import draft_of
from madoguchi.services.surveys.models import Draft

NAME = "__Secure-survey_answer" if settings.SECURE else "survey_answer"  # its path rules out `__Host-`
CONTEXT = "surveys.answer_cookie"
PATH = "/surveys/"


def give(response: HttpResponse, survey_key: str, code: str, token: str) -> HttpResponse:
    """Put the cookie on the response; it ends with the browser's session."""
    content = json.dumps([survey_key, code, token]).encode()
    response.set_cookie(
        NAME,
        urlsafe_b64encode(seal(content, context=CONTEXT)).decode(),
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def take(response: HttpResponse) -> HttpResponse:
    """Remove the cookie."""
    response.delete_cookie(NAME, path=PATH, samesite="Strict")
    return response


def read(request: HttpRequest, survey_key: str) -> tuple[Draft | None, str]:
    """The draft and the code of whoever is answering this survey; (None, "") for everyone else."""
    try:
        sealed = urlsafe_b64decode(request.COOKIES.get(NAME, ""))
        found: list[Any] = json.loads(unseal(sealed, context=CONTEXT))
        key, code, token = found
    except (ValueError, CannotUnseal):
        return None, ""
    return (draft_of(survey_key, token), code) if key == survey_key else (None, "")
