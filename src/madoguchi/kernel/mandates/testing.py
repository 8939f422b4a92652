"""For tests: mandates in force, and agents who act under them."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.kernel.files.testing import blank_pdf, scanned
from madoguchi.kernel.mandates import actions
from madoguchi.kernel.mandates.actions import end
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.lib import clock

__all__ = ["CLAIMED", "acting_for", "end", "make_claim", "make_mandate"]

CLAIMED = {"name": "見本 一郎", "address": "架空県例示市見本町一丁目2番3号", "birthdate": "2018-05-05"}


def make_mandate(principal: Person, agent: Person, *scope: str) -> Mandate:
    """In force for a month."""
    until = clock.today() + timedelta(days=30)
    _mandate, code = actions.offer(principal, scope=list(scope), valid_until=until, now=clock.now())
    return actions.accept(actions.offered(code, agent=agent, now=clock.now()), agent=agent, now=clock.now())


def make_claim(agent: Person, *scope: str) -> Mandate:
    """A parent's claim that waits for staff."""
    upload = SimpleUploadedFile("戸籍.pdf", blank_pdf())
    found = actions.claim(agent, basis="parent", claimed=CLAIMED, scope=list(scope), upload=upload, now=clock.now())
    scanned(found.evidence)  # type: ignore[arg-type]
    return found


def acting_for(mandate: Mandate) -> Client:
    """A browser in which the agent acts under the mandate."""
    client = signed_in(mandate.agent)  # type: ignore[arg-type]
    client.post(f"/mandates/{mandate.uid}/act/")
    return client
