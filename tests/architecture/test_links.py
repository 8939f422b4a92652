"""No page leads nowhere: every link that a person of each kind can follow opens."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.lib import clock
from madoguchi.services.procedures.testing import make_draft, make_submitted
from madoguchi.services.surveys.testing import make_opened, publish

pytestmark = pytest.mark.django_db
MOST_PAGES = 400  # a chain of links without an end would show as this
SAME_PAGE_AGAIN = re.compile(r"[?&](on|page|sort|month)=")


class Links(HTMLParser):
    """The addresses of a page's links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        address = dict(attributes).get("href")
        if tag == "a" and address:
            self.found.append(address)


def crawl(client: Client, first: str) -> dict[str, int]:
    """Status by address of everything that can be reached by links from `first`."""
    seen: dict[str, int] = {}
    waiting = [first]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop()
        if path in seen:
            continue
        answer = client.get(path)
        seen[path] = answer.status_code
        if answer.get("Content-Type", "").startswith("text/html") and answer.status_code == 200:
            for link in Links(answer.content.decode()).found:
                target = urldefrag(urljoin(path, link))[0]
                if not urlsplit(target).netloc and target.startswith("/") and not SAME_PAGE_AGAIN.search(target):
                    waiting.append(target)
    return seen


def broken(seen: dict[str, int]) -> dict[str, int]:
    return {path: status for path, status in seen.items() if status >= 400}


@pytest.fixture
def cases(resident):
    make_submitted(resident)
    make_draft(resident)


@pytest.mark.usefixtures("example_city")
def test_of_everyone(client):
    seen = crawl(client, "/")
    assert len(seen) > 20
    assert broken(seen) == {}


@pytest.mark.usefixtures("cases")
def test_of_a_resident(resident):
    seen = crawl(signed_in(resident), "/my/")
    assert any("/cases/" in path for path in seen)
    assert broken(seen) == {}


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("section", "role"),
    [("citizens", "clerk"), ("citizens", "viewer"), ("planning", "planner"), ("planning", "administrator")],
)
def test_of_staff(section, role):
    seen = crawl(signed_in(make_staff(section, role)), "/staff/")
    assert len(seen) > 3
    assert broken(seen) == {}


@pytest.mark.usefixtures("example_city")
def test_of_a_survey_from_the_questionnaire_to_the_published_tables():
    surveyor = make_staff("planning", "surveyor")
    survey = make_opened(surveyor, [{"used": "no", "opinion": "意見"}])
    publish(survey.pk, actor=surveyor, now=clock.now())
    seen = crawl(signed_in(surveyor), "/staff/")
    assert {f"/surveys/{survey.key}/", f"/surveys/desk/{survey.key}/cross/"} <= set(seen)
    assert broken({path: status for path, status in seen.items() if path.startswith("/surveys/")}) == {}


@pytest.mark.usefixtures("example_city")
@pytest.mark.parametrize("address", ["/api/openapi.json", "/about/data/", "/healthz", "/readyz"])
def test_of_programs(client, address):
    assert client.get(address).status_code == 200
