"""Pages with readings above their kanji: nothing for axe to find, and nothing that overflows."""

import pytest

from tests.accessibility.scenery import fulfil
from tests.accessibility.test_pages import AXE, DESK, LOOK, OVERFLOW, PHONE, REFLOW, STANDARD

PAGES = ["/", "/directory/", "/procedures/resident-record-copy/", "/plan/", "/plan/measures/01/", "/glossary/"]
HOST = "http://testserver"

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("example_city")]


def test_a_page_with_readings_is_as_good_as_without(browser, client):
    client.get("/furigana/on/")
    made = {address: client.get(address) for address in PAGES}
    context = browser.new_context(viewport={"width": DESK, "height": 900}, locale="ja-JP", reduced_motion="reduce")
    wrong = []
    page = context.new_page()
    for address, answer in made.items():
        page.unroute_all()
        page.route("**/*", lambda route, _request, answer=answer: fulfil(route, answer))
        page.goto(HOST + address)
        assert page.locator("rt").count() > 20
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [(address, width, rule, html) for rule, _, html in page.evaluate(LOOK, STANDARD)]
        page.set_viewport_size({"width": REFLOW, "height": 256})
        if (excess := page.evaluate(OVERFLOW)) > 0:
            wrong.append((address, REFLOW, "overflow", excess))
        page.set_viewport_size({"width": DESK, "height": 900})
    context.close()
    assert wrong == []
