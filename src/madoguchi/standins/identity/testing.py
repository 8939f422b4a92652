"""For tests: a stand-in on a free port of this machine, and a visitor who fills in its form."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

import requests

from madoguchi.standins.identity.client import Client
from madoguchi.standins.identity.listening import Listener
from madoguchi.standins.identity.pages import PIN
from madoguchi.standins.identity.people import Person

TIMEOUT_S = 5

HANAKO = Person("hanako", "窓口 花子", "架空県例示市見本町一丁目2番3号", "19920415", "2", "34歳")
TARO = Person("taro", "試験 太郎", "架空県例示市見本町二丁目5番6号", "19850820", "1", "41歳")


@contextmanager
def listening(client: Client, people: tuple[Person, ...] = (HANAKO, TARO)) -> Iterator[Listener]:
    listener = Listener(client, {person.key: person for person in people}, port=0)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.stop()
        thread.join(TIMEOUT_S)


def visit(address: str, person: str = "hanako", *, way: str = "card", pin: str = PIN, act: str = "agree") -> str:
    """Open the authorization address, answer the form as a browser would; the address one is sent back to."""
    with requests.Session() as browser:
        page = browser.get(address, allow_redirects=False, timeout=TIMEOUT_S)
        if page.is_redirect:
            return page.headers["Location"]
        assert page.status_code == 200, page.text
        answers = {"person": person, "way": way, "pin": pin, "act": act}
        answer = browser.post(page.url, answers, allow_redirects=False, timeout=TIMEOUT_S)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]


class Radios(HTMLParser):
    """The choices a page offers, as {field: [values]}."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "radio":
            self.found.setdefault(given["name"] or "", []).append(given["value"] or "")
