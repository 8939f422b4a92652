"""What a session knows beyond who: how surely the resident was identified, and when."""

from django.http import HttpRequest

_LEVEL = "identity_level"


def identity_level(request: HttpRequest) -> int:
    """The identity level (0–3) reached by the sign-in of this session."""
    return int(request.session.get(_LEVEL, 0))


def set_identity_level(request: HttpRequest, level: int) -> None:
    request.session[_LEVEL] = level
