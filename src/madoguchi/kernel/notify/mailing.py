"""A notice as a mail: text first, then the same as HTML; how to unsubscribe; where it comes back to."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from madoguchi.kernel.notify.models import Notice
from madoguchi.kernel.notify.wording import words
from madoguchi.ui.mail import as_html

_SALT = "notify.unsubscribe"


def message_of(notice: Notice) -> EmailMultiAlternatives:
    """In the language of the recipient. The same notice has the same Message-ID, however often it goes out."""
    subject, body = words(notice, notice.recipient.language)
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    headers = {"Message-ID": f"<{notice.uid}@{host}>", "Auto-Submitted": "auto-generated"}  # RFC 3834
    if not notice.is_due:  # RFC 8058: one press in the mail program
        address = unsubscribe_url(notice.recipient.uid)
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        with translation.override(notice.recipient.language):
            body += "\n" + _("このようなメールを止めるには：") + f"\n{address}\n"
    sender = settings.DEFAULT_FROM_EMAIL
    if settings.BOUNCE_ADDRESS:  # VERP: the address mail comes back to says which notice it was
        headers["From"], sender = sender, envelope_sender(notice.uid)
    message = EmailMultiAlternatives(
        subject=subject, body=body, from_email=sender, to=[notice.recipient.email], headers=headers
    )
    message.attach_alternative(as_html(subject, body), "text/html")
    return message


def envelope_sender(uid: UUID) -> str:
    local, _, domain = settings.BOUNCE_ADDRESS.partition("@")
    return f"{local}+{uid.hex}@{domain}"


def unsubscribe_url(person_uid: UUID) -> str:
    """Signed, so that nobody unsubscribes another; it names the person by nothing but an id."""
    token = signing.Signer(salt=_SALT).sign(person_uid.hex)
    return str(settings.SITE_URL) + reverse("notify:unsubscribe", args=[token])


def person_uid_of(token: str) -> UUID:
    """Raises: BadSignature."""
    return UUID(signing.Signer(salt=_SALT).unsign(token))
