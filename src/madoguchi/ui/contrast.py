"""Contrast of a city's theme (WCAG 2.2, 1.4.3 and 1.4.11): every pair of roles that the components put together.

A theme is `theme/tokens.css` of a city pack: roles in `:root`, and in `:root` of the dark mode. It is loaded last, so
what it sets for the light mode also holds in the dark one unless it says otherwise there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

TEXT, SHAPE = 4.5, 3.0  # the least ratios for text and for the shapes of controls and drawings
STATUSES = ("ok", "info", "warn", "wait", "err")
GROUNDS = ("paper", "sheet", "wash")
PAIRS: list[tuple[str, str, float]] = [
    *((role, ground, TEXT) for role in ("ink", "ink-2", "link") for ground in GROUNDS),
    *((role, ground, TEXT) for role in ("link-hover", "visited", "key", "err") for ground in ("paper", "sheet")),
    *((role, "key-soft", TEXT) for role in ("ink", "ink-2", "key", "link")),
    *((role, f"{status}-soft", TEXT) for status in STATUSES for role in (status, "ink", "link")),
    *((role, "paper", TEXT) for role in ("wait", "warn", "info", "ok")),
    ("on-key", "key", TEXT),
    ("on-key", "key-strong", TEXT),
    ("on-bar", "bar", TEXT),
    *(("edge", ground, SHAPE) for ground in GROUNDS),
    *(("ring", ground, SHAPE) for ground in ("paper", "sheet")),
]
# Roles that carry no meaning by their colour, and those that are no colours.
DECORATION = {"line", "key-mid", "key-pale", "ring-in", "hi"}
OTHER = {"font", "font-ud", "measure", "r", "logo", "mark"}

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+)|([^;{}]+)(?=\{)|[{}]|[^;{}\s][^;{}]*")
DARK = ", for the dark mode in @media (prefers-color-scheme: dark)."
NAMED = {"white": "#ffffff", "black": "#000000"}
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
REFERENCE = re.compile(r"var\(--([\w-]+)\)")


@dataclass(frozen=True)
class Finding:
    """One thing to correct in a theme: the line, what is so, what to do."""

    line: int
    what: str
    remedy: str


@dataclass(frozen=True)
class Declared:
    """The value of one custom property, where it stands, and whether only the dark mode has it."""

    name: str
    value: str
    line: int
    dark: bool


def findings(theme: Path) -> list[Finding]:
    """What is wrong with the stylesheet `theme`, by line; empty where there is nothing, or no theme."""
    tokens = finders.find("vendor/tokens/tokens.css")
    if not theme.exists() or tokens is None:
        return []
    source = theme.read_text(encoding="utf-8")
    own = list(declared(source))
    base = [*declared(Path(str(tokens)).read_text(encoding="utf-8")), *_ours()]
    found = [*_foreign(source), *_unknown(own)]
    for dark in (False, True):
        found += _pairs(_cascade(base, dark=dark) | _cascade(own, dark=dark), own, dark=dark)
    return sorted(set(found), key=lambda finding: (finding.line, finding.what))


def declared(css: str) -> Iterator[Declared]:
    """The custom properties of a stylesheet in order: those for every medium, and those of the dark mode."""
    for token, blocks in _tokens(css):
        media = [block for block in blocks if block.startswith("@")]
        dark = any("prefers-color-scheme: dark" in block for block in media)
        if token[1] and (dark or not media):
            yield Declared(token[1], token[2].strip(), _line(css, token.start()), dark)


def ratio(first: str, second: str) -> float:
    """Contrast of two colours written #rrggbb: (L1 + 0.05) / (L2 + 0.05)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of a colour written #rrggbb (WCAG 2.2, definitions)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ours() -> Iterator[Declared]:
    for name in ("roles", "modes"):
        path = finders.find(f"ui/css/{name}.css")
        yield from declared(Path(str(path)).read_text(encoding="utf-8"))


def _tokens(css: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Declarations and stray text with the blocks they stand in."""
    plain = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), css)
    blocks: list[str] = []
    head = ""
    for token in TOKEN.finditer(plain):
        if token[0] == "{":
            blocks.append(head)
        elif token[0] == "}":
            blocks[-1:] = []
        elif token[3]:
            head = " ".join(token[3].split())
        elif token[0].strip():
            yield token, [*blocks]


def _cascade(given: list[Declared], *, dark: bool) -> dict[str, Declared]:
    return {one.name: one for one in given if dark or not one.dark}


def _foreign(css: str) -> Iterator[Finding]:
    for token, _blocks in _tokens(css):
        if not token[1]:
            yield Finding(
                _line(css, token.start()),
                f"{token[0].strip()[:40]!r} is no role",
                "A theme sets roles (--name: value;) in :root and nothing else.",
            )


def _unknown(own: list[Declared]) -> Iterator[Finding]:
    known = {one.name for one in _ours()}
    for one in own:
        if one.name not in known:
            yield Finding(one.line, f"--{one.name} is no role", "docs/explain/accessibility.md lists the roles.")


def _pairs(values: dict[str, Declared], own: list[Declared], *, dark: bool) -> Iterator[Finding]:
    lines = {one.name: one.line for one in own if dark or not one.dark}
    for front, ground, least in PAIRS:
        line = lines.get(front) or lines.get(ground)
        if line is None:
            continue
        colours = [_colour(values, name) for name in (front, ground)]
        if None in colours:
            unread = front if colours[0] is None else ground
            yield Finding(
                lines.get(unread, line),
                f"--{unread} is no colour this check can read",
                "Write #rrggbb or a token.",
            )
            continue
        one, other = (str(colour) for colour in colours)
        if (measured := ratio(one, other)) < least:
            mode = "dark mode" if dark else "light mode"
            way = "lighter" if luminance(one) > luminance(other) else "darker"
            yield Finding(
                line,
                f"--{front} on --{ground} has a contrast of {measured:.2f} in the {mode}; it needs {least:g}",
                f"Make --{front} {way}{DARK if dark else '.'}",
            )


def _colour(values: dict[str, Declared], name: str) -> str | None:
    """The value of a role as #rrggbb, through its references; None where it is not written so."""
    for _step in range(8):
        if name not in values:
            return None
        value = NAMED.get(values[name].value, values[name].value)
        if HEX.fullmatch(value):
            digits = value[1:] if len(value) == 7 else "".join(digit * 2 for digit in value[1:])
            return f"#{digits}"
        reference = REFERENCE.fullmatch(value)
        if not reference:
            return None
        name = reference[1]
    return None


def _line(css: str, place: int) -> int:
    return css.count("\n", 0, place) + 1
