"""For tests: a notice, and the address that stops those that are not owed."""

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.notify.actions import deliver, send
from madoguchi.kernel.notify.mailing import unsubscribe_url
from madoguchi.kernel.notify.models import Notice
from madoguchi.kernel.notify.reaching import note_returned
from madoguchi.lib import clock


def make_notice(person: Person, dedup: str = "example") -> Notice:
    """A case was handed in."""
    context = {"uid": "0dd9e56d-ef42-4bf7-8254-7a1661df8627", "number": "R8-000001-0", "procedure": "住民票の写し"}
    return send("procedures.case_submitted", to=person, context=context, dedup=dedup)


def unsubscribe_token(person: Person) -> str:
    return unsubscribe_url(person.uid).rstrip("/").rsplit("/", 1)[1]


def mail_comes_back(person: Person) -> None:
    """The last notice was sent, and nobody knows its address there."""
    notice = Notice.objects.filter(recipient=person).latest("queued_at")
    deliver.call(notice_id=notice.pk)
    note_returned(notice, is_bad_address=True, now=clock.now())
