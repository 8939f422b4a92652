"""Our OpenAPI held against what the server does: hundreds of requests nobody would write by hand, the same every run.

schemathesis makes them from the description alone, right ones and wrong ones. Nothing may fail (5xx), every answer
has a status, a type and a body that the description names, and a wrong request is refused.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.lib import clock
from madoguchi.services.surveys.testing import make_opened, publish

EXAMPLES = 100  # for each operation, kind of request and kind of person
KNOWN = {"key": "ict2019", "row": "age", "column": "used"}  # what leads past "there is none"
ANSWERS = [{"age": "a18" if n % 3 else "a40", "sex": "f", "used": "yes" if n % 2 else "no"} for n in range(30)]


@pytest.fixture
def application():
    """The program as the HTTP server calls it, on the connection of the test."""
    between = (request_started, request_finished)
    for signal in between:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in between:
        signal.connect(close_old_connections)


@pytest.fixture
def description(application, example_city):
    """As a client gets it, with a published survey behind it."""
    surveyor = make_staff("planning", "surveyor")
    publish(make_opened(surveyor, ANSWERS).pk, actor=surveyor, now=clock.now())
    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.fixture(params=["nobody", "resident", "staff"])
def cookies(request, resident):
    if request.param == "nobody":
        return {}
    browser = signed_in(resident if request.param == "resident" else make_staff("citizens", "clerk"))
    return {name: morsel.value for name, morsel in browser.cookies.items()}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_the_description_of_the_api_is_true(description, cookies, mode):
    operations = [found.ok() for found in description.get_all_operations()]
    assert len(operations) >= 7
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not operation.definition.raw["parameters"]:
            continue  # where nothing is asked, nothing can be wrong

        @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
        @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)
        def ask(case, known):
            if known and mode is GenerationMode.POSITIVE:
                for held in (case.path_parameters, case.query):
                    held.update({name: KNOWN[name] for name in held if name in KNOWN})
            # its client speaks WSGI without a wire, and undoes no coding that it asked for
            case.call_and_validate(cookies=cookies, headers={"Accept-Encoding": "identity"})

        ask()
