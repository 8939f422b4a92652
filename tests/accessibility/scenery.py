"""Every page of the route list for a real browser, without a server: the test client makes it, the browser shows it.

The list is made from the routes, so a page cannot be forgotten. A route that shows no page to anybody here has to be
named in `ELSEWHERE` with the check that opens it.
"""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.accounts.testing import make_resident, make_staff, signed_in
from madoguchi.kernel.citydata.public import records
from madoguchi.ui import gallery
from tests.accessibility.stages import answers, stages
from tests.architecture.scene import addresses
from tests.architecture.test_routes import routes

# Pages that need a state of their own; a check that walks there is named.
WALK = "a case in that state: test_axe.py walks there"
ELSEWHERE = {
    "accounts/sign-in/return/": "the way back from the identity provider: tests/journeys",
    "audit/consistency.json": "data: kernel/audit",
    "audit/inclusion.json": "data: kernel/audit",
    "metrics": "figures for a machine, behind a token: portal/tests",
    "accounts/staff/directory/return/": "the way back from the staff's identity provider: test_directory.py",
    "plan/council/<int:meeting_id>/pack.pdf": "a PDF: madoguchi.ui.paper",
    "furigana/<str:wanted>/": "leads back to the page one was on",
    "language/<str:code>/": "leads back to the page one was on",
    "plan/reports/": "leads to the report of the present half-year",
    "procedures/<slug:key>/start/": WALK,
    "procedures/cases/<uuid:case_uid>/check/": WALK,
    "procedures/cases/<uuid:case_uid>/correct/": WALK,
    "procedures/cases/<uuid:case_uid>/decision.pdf": "a PDF: madoguchi.ui.paper",
    "procedures/cases/<uuid:case_uid>/pages/<slug:page_key>/": WALK,
    "speech/<digest:digest>.mp3": "a sound: kernel/speech",
    "surveys/<slug:key>/results.csv": "a file, once the survey is open to everyone",
}
# The same page in another state, and pages that no route of their own leads to.
STATES = [
    *(f"/directory/?by={by}" for by in ("event", "topic", "section", "kana")),
    "/directory/?event=a-moving",
    "/search/?q=住民票",
    "/search/?q=住民標",
    "/search/?q=zzz",
    "/no-such-page/",
    "/speech/?page=/no-such-page/",
    "/speech/?page=/glossary/",
    "/speech/?page=/about/privacy/",
    "/speech/?page=/about/accessibility/",
    *(f"/ui/{key}/" for key in gallery.parts()),
    *(f"/ui/layouts/{name}/" for name in gallery.LAYOUTS),
]


@dataclass(frozen=True)
class Sight:
    """One page: its address, the client of somebody who may see it, and what has to be sent to see it."""

    address: str
    client: Client
    sent: dict[str, Any] | None = None

    def page(self) -> HttpResponse:
        return self.client.get(self.address) if self.sent is None else self.client.post(self.address, self.sent)


class Scenery:
    """The pages of the installation, with a resident's case in it, and who sees each."""

    def __init__(self) -> None:
        owner = make_resident()
        self.fill = addresses(owner)
        self.people = [Client(), signed_in(owner), *(signed_in(person) for person in self._staff())]
        self.sights: list[Sight] = []
        self.own_clients: list[Client] = []
        self.no_pages: dict[str, str] = {}
        self.unseen: dict[str, str] = {}
        for route, _pattern in routes():
            if not route.startswith(("api/", "static/")):
                self._look(route)
        for route, (client, address) in stages():
            if route in self.unseen and is_page(answer := client.get(address)) and answer.status_code == HTTPStatus.OK:
                self.sights.append(Sight(address, client))
                self.own_clients.append(client)
                del self.unseen[route]
        for client, address, sent in answers(owner):
            self.sights.append(Sight(address, client, sent))
            self.own_clients.append(client)
        self.sights += [Sight(address, self.people[0]) for address in STATES]

    @contextmanager
    def rested(self) -> Iterator[None]:
        """What the clients are given meanwhile they do not keep; the database takes back what belongs to it."""
        clients = {*self.people, *self.own_clients}
        kept = {client: deepcopy(client.cookies) for client in clients}
        yield
        for client in clients:
            client.cookies = kept[client]

    def speak(self, language: str, *, readings: bool = False) -> None:
        """From now on everybody reads in this register, with readings above the kanji or, as at first, without.

        The route that turns readings on was looked at, so whoever went there has to be told.
        """
        for client in [*self.people, *self.own_clients]:
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            client.cookies[settings.FURIGANA_COOKIE_NAME] = "on" if readings else ""

    def _staff(self) -> Iterator[Person]:
        """One person for every role of the example city, in the section that owns the scene's case."""
        for role in records("role"):
            yield make_staff("citizens", role.key)

    def _look(self, route: str) -> None:
        address = self.fill(route)
        said = ""
        for client in self.people:
            answer = client.get(address)
            if answer.status_code == HTTPStatus.OK and is_page(answer):
                self.sights.append(Sight(address, client))
                return
            if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                self.no_pages[route] = "takes a post only"
                return
            if answer.status_code == HTTPStatus.OK:
                self.no_pages[route] = answer.get("Content-Type", "")
                return
            said += f" {answer.status_code}"
        self.unseen[route] = said.strip()


def is_page(answer: HttpResponse) -> bool:
    return answer.get("Content-Type", "").startswith("text/html") and not answer.streaming


def fulfil(route, page: HttpResponse) -> None:
    """Gives the browser the page it asked for, and static files; the page was made before, with our database."""
    parts = urlsplit(route.request.url)
    if parts.path.startswith(settings.STATIC_URL):
        found = finders.find(parts.path.removeprefix(settings.STATIC_URL))
        kind = mimetypes.guess_type(parts.path)[0] or "application/octet-stream"
        route.fulfill(path=found, content_type=kind) if found else route.fulfill(status=404)
        return
    kept = {name: value for name, value in page.items() if name.lower() not in {"set-cookie", "content-length"}}
    route.fulfill(status=page.status_code, headers=kept, body=page.content)
