"""Who may open what: every route of the route list × every kind of person, with objects that belong to one of them.

A new route is tried at once by what its access rule says; a new kind of object in an address has to be given here.
"""

import re
from copy import deepcopy

import pytest
from django.test import Client

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.accounts.testing import make_resident, make_staff, signed_in
from madoguchi.kernel.mandates.testing import acting_for, make_mandate
from tests.architecture.scene import OWNED, addresses
from tests.architecture.test_routes import routes

RESIDENTS = {"resident", "other resident", "proxy", "proxy of another"}
PASSES = {200, 302, 303, 400, 405}  # let in: a page, a way on, an empty form refused, a page that only takes a post


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def resident(standing_city) -> Person:
    return make_resident()


@pytest.fixture(scope="module")
def scene(resident):
    return addresses(resident)


@pytest.fixture(scope="module")
def signed(resident, scene) -> dict[str, Client]:
    mandate = resident.mandates_given.get()
    other_resident = make_resident("other", "試験 太郎")
    elsewhere = make_mandate(other_resident, mandate.agent, mandate.scope[0])
    return {
        "nobody": Client(),
        "resident": signed_in(resident),
        "other resident": signed_in(other_resident),
        "proxy": acting_for(mandate),
        "proxy of another": acting_for(elsewhere),
        "staff of the section": signed_in(make_staff("citizens", "clerk")),
        "staff of another section": signed_in(make_staff("childcare", "clerk")),
        "staff without a post": signed_in(without_post()),
        "plan office": signed_in(make_staff("planning", "planner")),
        "auditor": signed_in(make_staff("planning", "auditor")),
        "administrator": signed_in(make_staff("planning", "administrator")),
    }


@pytest.fixture
def people(signed) -> dict[str, Client]:
    """Everyone as they came: a route that signs them out does so for one test."""
    clients = {name: Client() for name in signed}
    for name, client in clients.items():
        client.cookies = deepcopy(signed[name].cookies)
    return clients


def without_post() -> Person:
    person = make_staff("citizens", "viewer")
    person.posts.all().delete()
    return person


NAMED = [(address, route) for address, route in routes() if not address.startswith(("api/", "static/"))]


def ids(value):
    return value if isinstance(value, str) else ""


def is_sign_in(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/")


def test_everyone_but_nobody_is_signed_in(people):
    for name, client in people.items():
        assert is_sign_in(client.get("/my/" if name in RESIDENTS else "/staff/")) == (name == "nobody"), name


@pytest.mark.parametrize(("address", "route"), NAMED, ids=ids)
def test_a_route_opens_for_those_its_rule_names_and_for_nobody_else(address, route, people, scene):
    access, path = route.callback.access, scene(address)
    belongs = [name for name in OWNED if f":{name}>" in address]
    for name, client in people.items():
        answer = client.get(path)
        seen = f"{name}: {answer.status_code}"
        match access.level.value:
            case "public":
                assert answer.status_code in PASSES | {404}, seen
                continue
            case _ if name == "nobody":
                assert is_sign_in(answer) or answer.status_code == 405, seen
            case "signed_in":
                assert answer.status_code in PASSES | {404}, seen
            case "resident" if name in RESIDENTS:
                # a mandate is the agent's own matter whomever they act for, a case is not
                stranger = belongs and (
                    name == "other resident" or (name == "proxy of another" and "case_uid" in belongs)
                )
                assert answer.status_code in ({404, 405} if stranger else PASSES | {404}), seen
            case "resident":
                assert answer.status_code == 403, seen
            case "staff" if name in RESIDENTS or (access.permission and name == "staff without a post"):
                assert answer.status_code == 403, seen
            case "staff" if name == "staff of another section" and belongs:
                assert answer.status_code in {403, 404}, seen
            case _:
                assert answer.status_code in PASSES | {403, 404}, seen


@pytest.mark.parametrize(
    ("address", "route"),
    [pair for pair in NAMED if pair[1].callback.access.level.value in {"resident", "staff", "signed_in"}],
    ids=ids,
)
def test_a_post_by_an_outsider_changes_nothing(address, route, people, scene):
    from madoguchi.kernel.audit.models import Line

    path, before = scene(address), Line.objects.count()
    access = route.callback.access
    outsiders = {
        "resident": ["nobody", "staff of the section", "plan office"],
        "staff": ["nobody", "resident", *(["staff without a post"] if access.permission else [])],
        "signed_in": ["nobody"],
    }[access.level.value]
    for name in outsiders:
        answer = people[name].post(path)
        assert is_sign_in(answer) or answer.status_code in {403, 404, 405}, f"{name}: {answer.status_code}"
    assert Line.objects.count() == before


def test_every_kind_of_object_in_an_address_is_tried(scene):
    for address, _route in NAMED:
        scene(address)  # raises for a parameter without an example


def test_a_stranger_cannot_tell_an_object_that_is_not_theirs_from_none(people, scene):
    """404 both times, and but for the address the same page."""
    mine = scene("procedures/cases/<uuid:case_uid>/")
    none = mine.replace(mine.split("/")[3], "00000000-0000-4000-8000-000000000000")
    pages = []
    for path in (mine, none):
        answer = people["other resident"].get(path)
        assert answer.status_code == 404
        page = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())  # new every time
        pages.append(page.replace(path.split("/")[3], "…"))
    assert pages[0] == pages[1]
