"""Which characters a text may hold."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

UNUSABLE_CHARACTERS = _("使えない文字が入っています。消してください")
# Controls other than tab and line ends, marks that turn the direction of the text around them, what stands for
# bytes that could not be read, and code points that are no characters.
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]")


def usable(text: str) -> None:
    """Raises: ValidationError when the text holds characters that no letter can show."""
    if _UNUSABLE.search(text):
        raise ValidationError(UNUSABLE_CHARACTERS, code="unusable")


def without_unusable(text: str) -> str:
    return _UNUSABLE.sub("", text)


def typed(post: Mapping[str, str], name: str) -> str:
    """A field that no form reads, without what no letter can show. Whoever keeps it refuses what is too long."""
    return without_unusable(post.get(name, ""))
