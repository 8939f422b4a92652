"""The example files: whole, rendered in every register, and the same ones the documentation shows."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils.translation import override

from madoguchi.ui import gallery

ROOT = Path(__file__).resolve().parents[4]
NEEDED = {"one", "many", "empty", "long", "error", "disabled", "loading"}


@pytest.mark.parametrize("part", gallery.parts().values(), ids=lambda part: part.key)
@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_every_state_of_every_part_renders(part, language):
    request = RequestFactory().get("/ui/")
    request.user = AnonymousUser()
    with override(language):
        for place, state in enumerate(part.states):
            html = gallery.render(state, request, place=place)
            assert html.strip(), state.name
            assert ' style="' not in html


@pytest.mark.parametrize("part", gallery.parts().values(), ids=lambda part: part.key)
def test_a_part_names_its_states_from_the_vocabulary(part):
    assert part.about
    assert {state.name for state in part.states} <= NEEDED


def test_together_the_parts_show_every_state():
    assert {state.name for part in gallery.parts().values() for state in part.states} >= {
        "one",
        "many",
        "empty",
        "long",
    }


# parts of the frame, of other parts, or drawn from dataclasses (halves)
BELOW = {"back", "brand", "chart_marker", "footer", "gantt_ticks", "halves", "languages", "listen", "messages"}
BELOW |= {"rehearsal", "table_cell", "ways_on"}


def test_every_component_is_in_the_gallery():
    folder = Path(gallery.__file__).parent / "templates/ui/components"
    written = "".join(state.template for part in gallery.parts().values() for state in part.states)
    shown = {path.stem for path in folder.glob("*.html") if f"/{path.name}" in written}
    shown |= {path.stem for path in folder.glob("*.html") if f"{{% {path.stem} " in written}
    assert {path.stem for path in folder.glob("*.html")} - shown == BELOW


def test_the_documentation_shows_the_examples_of_the_gallery():
    page = (ROOT / "docs/reference/components.md").read_text(encoding="utf-8")
    assert gallery.as_markdown() in page, "run: python scripts/components.py"


def test_the_first_page_of_the_how_to_is_the_one_that_runs_and_has_twenty_lines():
    template = (Path(gallery.__file__).parent / "templates/ui/gallery/first_page.html").read_text(encoding="utf-8")
    assert template in (ROOT / "docs/how-to/make-a-page.md").read_text(encoding="utf-8")
    assert len(template.splitlines()) <= 20
    for part in ("{% table ", "{% chart ", "{{ form }}"):
        assert part in template
