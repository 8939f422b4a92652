"""The city's rules of やさしい日本語, and the texts of its pack that have to keep them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from madoguchi.kernel.citydata.public import parameter, records
from madoguchi.lib.easy import Rules
from madoguchi.ui.words import LocalText

CHARS, KANJI = "easy_sentence_chars", "easy_sentence_kanji"


def rules(today: date) -> Rules:
    """As they stand in the applied pack. Three queries. Raises: UnknownRecord."""
    return _rules({key: parameter(key, on=today).value for key in (CHARS, KANJI)}, records("easy_word"))


def rules_of(bodies: dict[tuple[str, str], Any], today: date) -> Rules:
    """As they stand in a pack that is not applied; `bodies` by kind and key."""
    limits = {key: bodies["parameter", key].on(today).value for key in (CHARS, KANJI)}
    return _rules(limits, [body for (kind, _), body in bodies.items() if kind == "easy_word"])


def _rules(limits: dict[str, Any], words: list[Any]) -> Rules:
    return Rules(
        sentence_chars=limits[CHARS],
        sentence_kanji=limits[KANJI],
        words={one.word: one.easier for one in words},
    )


def texts(body: BaseModel) -> Iterator[str]:
    """Every text in やさしい日本語 of one record of the pack."""
    for name in type(body).model_fields:
        if name == "name_easy":  # of a table, which has a column for each register
            yield from filter(None, [body.name_easy])  # type: ignore[attr-defined]
        else:
            yield from _within(getattr(body, name))


def _within(value: Any) -> Iterator[str]:
    if isinstance(value, LocalText):
        yield from filter(None, [value.easy])
    elif isinstance(value, BaseModel):
        yield from texts(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _within(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _within(inner)
