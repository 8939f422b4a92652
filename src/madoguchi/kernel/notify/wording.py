"""The words of a notice: made from its template when it is sent or shown, in the language of who reads."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from madoguchi.kernel.notify.models import Notice


def words(notice: Notice, language: str) -> tuple[str, str]:
    """Subject and text. The first line of the template is the subject; whatever stands in it, it is one line."""
    slug, name = notice.key.split(".", 1)
    with translation.override(language):
        text = render_to_string(
            f"{slug}/mail/{name}.txt",
            {**notice.context, "site_url": settings.SITE_URL, "to": notice.recipient},
        )
    first, _, rest = text.strip().partition("\n")
    return " ".join(first.split()), rest.strip() + "\n"
