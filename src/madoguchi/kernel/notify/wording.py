"""The words of a notice: made from its template when it is sent or shown, in the language of who reads."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.notify.models import Notice


def newest(person: Person, most: int, language: str) -> list[tuple[Notice, str]]:
    """The last notices of a person, each with its subject. One query."""
    found = Notice.objects.filter(recipient=person).select_related("recipient").order_by("-queued_at", "-pk")
    return [(notice, words(notice, language)[0]) for notice in found[:most]]


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
