"""Every form on every page, filled with what no person means: no answer is a failure, and nothing of it is kept.

The forms are found by opening the pages of the route list, so a new form is tried at once.
"""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.test import Client

from madoguchi.kernel.accounts.permissions import permission_names
from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.citydata.public import record
from madoguchi.kernel.citydata.testing import revise
from madoguchi.lib import clock
from madoguchi.services.plan.actions.council import call
from madoguchi.services.procedures.testing import COPY_ANSWERS, make_draft
from tests.architecture.scene import addresses
from tests.architecture.test_routes import routes

TYPED = {
    "NUL": "\x00窓口",
    "long": "長" * 10_000,
    "controls": "窓口\x01\x1b[2J\x07\x9f\u202etxt.exe\u2066\ufffd\uffff",
    "superscript": "²",
    "huge": "9" * 400,
    "deep": "[" * 9_000,
}
MARKS = [repr(mark)[1:-1] for mark in ("\x00", "\x1b", "\x9f", "\u202e", "\ufffd", "\uffff", "長" * 2100)]
INTEGER = re.compile(r"<int:\w+>")
BLIND = ("text", "title", "label", "remove", "payload", "passkey", "code", "name", "next", "do", "level", "size")
KEPT_BY_SOME = {"long", "controls"}  # with the hidden fields as they were, so that the form gets as far as it can
FREE = {"text", "search", "email", "tel", "password", "number", "url"}


class Forms(HTMLParser):
    """The forms of a page: address, method, and the names of what can be filled in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str]]] = []
        self.free: set[str] = set()
        self.hidden: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        held = dict(attrs)
        if tag == "form":
            self.found.append((held.get("method", "get").lower(), held.get("action") or "", {}))
        name = held.get("name")
        if tag in {"input", "textarea", "select", "button"} and name and self.found:
            self.found[-1][2][name] = held.get("value") or ""
            if tag == "textarea" or (tag == "input" and held.get("type", "text") in FREE):
                self.free.add(name)
            elif held.get("type") == "hidden":
                self.hidden.add(name)


@pytest.fixture
def staff(example_city):
    """Somebody who may do everything everywhere: every form stands on their pages."""
    person = make_staff("planning", "administrator")
    role = record("role", "administrator")
    everything = role.model_copy(update={"permissions": tuple(permission_names())})
    revise("role", "administrator", everything, actor=person)
    call(title="会議", held_on=date(2020, 10, 1), period=None, actor=person, now=clock.now())
    return person


def browser_of(person):
    browser = Client() if person is None else signed_in(person)
    browser.raise_request_exception = False
    return browser


@pytest.fixture
def pages(resident, staff):
    """Every address, with a person who may open it."""
    fill = addresses(resident)
    draft = make_draft(resident)
    pages = [(fill(address), route.callback.access.level.value) for address, route in routes() if is_ours(address)]
    pages += [(f"/procedures/cases/{draft.uid}/pages/{page}/", "resident") for page in COPY_ANSWERS]
    pages += [(f"/procedures/cases/{draft.uid}/check/", "resident")]
    people = {"public": None, "resident": resident, "signed_in": resident, "staff": staff}
    return [(path, people[level]) for path, level in pages]


@pytest.fixture
def forms(pages):
    """Each form of each page once: method, address, who, fields, which of them are text, which hidden."""
    found = {}
    for path, person in pages:
        page = browser_of(person).get(path)
        if page.status_code == 200 and "html" in page["Content-Type"]:
            read = Forms(page.content.decode())
            for method, action, fields in read.found:
                key = (method, (action or path).split("?")[0], tuple(sorted(fields)))
                found.setdefault(key, (person, fields, read.free, read.hidden))
    return [(method, path, *more) for (method, path, _), more in found.items()]


def is_ours(address):
    return not address.startswith(("static/", "api/", "ui/", "language/"))


def marks_kept():
    """Where in the database something stands that no text should hold."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields if hasattr(model, "objects") else ():
            text = repr(list(model.objects.values_list(field.attname, flat=True)))
            found += [(model.__name__, field.attname, mark[:6]) for mark in MARKS if mark in text]
    return found


def test_no_form_fails_whatever_is_typed_and_nothing_unusable_is_kept(forms):
    assert len(forms) > 50
    failed, refused = [], 0
    for method, path, person, fields, free, hidden in forms:
        for name, typed in TYPED.items():
            filled = free if name in KEPT_BY_SOME else free | hidden
            given = {field: typed if field in filled else value for field, value in fields.items()}
            answer = getattr(browser_of(person), method)(path, given)
            refused += 400 <= answer.status_code < 500
            if answer.status_code >= 500:
                failed.append((method, path, name))
    assert failed == []
    assert refused > len(forms) * 3
    assert [*map(str, marks_kept())] == []


def test_no_view_fails_on_what_it_reads_without_a_form(pages):
    failed = []
    for path, person in pages:
        browser = browser_of(person)
        for name in ("superscript", "controls"):
            answer = browser.post(path, dict.fromkeys(BLIND, TYPED[name]))
            if answer.status_code == 405:
                break
            if answer.status_code >= 500:
                failed.append((path, name))
    assert failed == []
    assert [*map(str, marks_kept())] == []


def test_no_view_fails_on_a_number_no_column_holds(resident, staff):
    people = {"public": None, "resident": resident, "signed_in": resident, "staff": staff}
    fill = addresses(resident)
    for address, route in routes():
        if "<int:" in address:
            path = fill(INTEGER.sub("NUMBER", address))
            for number in ("99999999999999999999", "9" * 5000, "2147483648"):
                browser = browser_of(people[route.callback.access.level.value])
                for ask in (browser.get, browser.post):
                    assert ask(path.replace("NUMBER", number)).status_code < 500, (path, number)
