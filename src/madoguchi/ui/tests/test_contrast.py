"""Contrast of themes: the standard's own figures, our roles in both modes, and a theme that breaks them."""

import re
from pathlib import Path

import pytest

from madoguchi.ui import contrast

CSS = Path(contrast.__file__).parent / "static/ui/css"


@pytest.fixture
def theme(tmp_path):
    def write(css: str) -> list[contrast.Finding]:
        path = tmp_path / "tokens.css"
        path.write_text(css, encoding="utf-8")
        return contrast.findings(path)

    return write


# W3C, Understanding SC 1.4.3 and G18: black on white 21:1; #767676 is the lightest grey on white that passes 4.5:1.
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_the_ratio_is_that_of_the_standard(first, second, expected):
    assert contrast.ratio(first, second) == pytest.approx(expected, abs=0.005)


def test_our_own_roles_hold_in_both_modes(theme):
    """Setting every role to what it is makes the check look at every pair."""
    own = contrast.declared((CSS / "roles.css").read_text(encoding="utf-8"))
    light = "".join(f"--{one.name}: {one.value};\n" for one in own)
    dark = "".join(
        f"--{one.name}: {one.value};\n"
        for one in contrast.declared((CSS / "modes.css").read_text(encoding="utf-8"))
        if one.dark
    )
    found = theme(f":root {{\n{light}}}\n@media (prefers-color-scheme: dark) {{ :root {{\n{dark}}} }}\n")
    assert found == []


def test_a_pale_key_is_found_with_its_line_and_a_remedy(theme):
    found = theme("/* our\n green */\n:root {\n  --key: #949494;\n}\n")
    assert {finding.line for finding in found} == {4}
    assert "--key on --sheet has a contrast of 3.03 in the light mode; it needs 4.5" in [one.what for one in found]
    assert "Make --key darker." in [one.remedy for one in found]


def test_a_key_for_the_light_mode_alone_is_found_in_the_dark_one(theme):
    found = theme(":root { --key: #00118f; --on-key: #ffffff; }")
    assert found
    assert all("dark mode" in finding.what for finding in found)
    assert any("prefers-color-scheme: dark" in finding.remedy for finding in found)


def test_a_key_for_both_modes_passes(theme):
    css = ":root { --key: #00118f; --key-strong: #000060; --key-soft: #eef1ff; --on-key: #fff; }\n"
    css += "@media (prefers-color-scheme: dark) { :root { --key: #c5d7fb; --key-strong: #d9e6ff; --key-soft: #16243a; "
    css += "--on-key: #000071; } }"
    assert theme(css) == []


@pytest.mark.parametrize(
    ("css", "what"),
    [
        (":root { --keyy: #000; }", "--keyy is no role"),
        (":root { --ink: rgb(0 0 0 / 50%); }", "--ink is no colour this check can read"),
        (".btn { color: red; }", "'color: red' is no role"),
    ],
)
def test_what_is_no_theme_is_said(theme, css, what):
    assert what in [finding.what for finding in theme(css)]


def test_no_theme_is_no_problem(tmp_path):
    assert contrast.findings(tmp_path / "tokens.css") == []


def test_every_role_that_colours_text_is_in_the_pairs():
    css = "".join(path.read_text(encoding="utf-8") for path in CSS.glob("*.css"))
    fronts = {front for front, _ground, _least in contrast.PAIRS}
    grounds = {ground for _front, ground, _least in contrast.PAIRS}
    assert set(re.findall(r"[\s;{]color: var\(--(?!color-)([\w-]+)\)", css)) <= fronts
    assert set(
        re.findall(r"background(?:-color)?: var\(--(?!color-)([\w-]+)\)", css)
    ) <= grounds | contrast.DECORATION | {"logo"}
