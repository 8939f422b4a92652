"""From plain values to a PDF. Data travels as JSON beside the template, so no text can act as markup."""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

TEMPLATES = Path(__file__).parent
FAMILY = "BIZ UDPGothic"
NO_GLYPH = "〓"  # what printers set where the type case lacks a character

# Control characters but tab and line end, marks that turn the writing direction, halves of characters.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")
_COULD_NOT = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class FontsMissing(RuntimeError):
    """The paper font is not installed; the message names the remedy."""


def render(template: str, data: Mapping[str, Any], *, lang: str = "ja", fonts: Path | None = None) -> bytes:
    """The PDF/UA-1 of `<template>.typ` with `data` (JSON values only): tagged, with title and language.

    The same values give the same bytes. A character in none of the fonts becomes 〓, and the paper says so.
    `fonts` is the folder of the paper font, PAPER_FONT_DIR unless given.
    Raises: FontsMissing.
    """
    type_case = _type_case(fonts or Path(settings.PAPER_FONT_DIR))
    content = _each_text({**data, "lang": lang, "without_glyph": False}, _printable)
    try:
        return _typeset(template, content, type_case)
    except typst.TypstError as error:
        missing = _without_glyph(error)
        if not missing:
            raise
    content = _each_text({**content, "without_glyph": True}, lambda text: missing.sub(NO_GLYPH, text))
    return _typeset(template, content, type_case)


def _typeset(template: str, content: Any, type_case: typst.Fonts) -> bytes:
    return bytes(
        typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=type_case,
            format="pdf",
            sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    )


@lru_cache(maxsize=4)
def _type_case(folder: Path) -> typst.Fonts:
    """The fonts of the folder, then those of the machine for what they lack; read once, which saves 35 ms a page."""
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=[str(folder)])
    if FAMILY not in fonts.families():
        raise FontsMissing(f"{FAMILY} is missing: run `npm ci`, or set PAPER_FONT_DIR to a folder with it.")
    return fonts


def _without_glyph(error: typst.TypstError) -> re.Pattern[str] | None:
    """Matches the texts that typst found no glyph for; None when the error is another."""
    texts = {_ESCAPED.sub(_unescaped, found) for found in _COULD_NOT.findall(error.diagnostic)}
    return re.compile("|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))) if texts else None


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2]


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", text))


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(inner, change) for inner in value]
    return value
