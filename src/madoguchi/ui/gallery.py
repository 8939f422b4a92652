"""The gallery of the face: every part in every state, read from the example files that the documentation shows, too.

An example file is `examples/<part>.yaml`: title, group, what the part is for, its values, and its states. A state is a
piece of template and the plain values it is given. A mapping with `ja` is a text in up to three registers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from madoguchi.ui.examples import forms
from madoguchi.ui.words import LocalText

EXAMPLES = Path(__file__).parent / "examples"
CODE = re.compile(r"`([^`]+)`")
GROUPS = ("act", "form", "tell", "find", "show", "staff", "paper")


ANSWERS = [{"label": "氏名", "value": "見本 花子"}, {"label": "通数", "value": "2通"}]
LAYOUTS: dict[str, dict[str, Any]] = {
    "mine": {},
    "staff": {
        "rows": ANSWERS,
        "rail": [{"title": "仕事", "links": [{"label": "受付一覧", "url": "#list", "count": 24, "current": True}]}],
    },
    "kiosk": {
        "idle": "/ui/layouts/kiosk/",
        "tiles": [
            {"icon": "paper", "label": "証明書がほしい", "note": "住民票、印鑑、税の証明"},
            {"icon": "house", "label": "引っ越しの届出", "note": "転入、転居、転出"},
            {"icon": "family", "label": "戸籍の届出", "note": "出生、結婚、おくやみ"},
            {"icon": "info", "label": "わからない", "note": "いくつかお聞きします"},
        ],
    },
    "paper": {"rows": ANSWERS, "day": date(2026, 11, 25)},
}
FIRST_PAGE = {
    "columns": ["窓口", {"label": "待っている方", "number": True}],
    "rows": [["証明", "4人"], ["届出", "9人"], ["保険年金", None]],
    "labels": ["9時", "10時", "11時", "12時"],
    "series": [{"name": "証明", "values": [2, 6, 4, None]}],
}
MAIL = (
    "住民票の写しの請求を受け付けました",
    (
        "見本 花子 様\n\n受付番号は R8-000001-2 です。\n3～4開庁日でお送りします。\n\n"
        "ようすを見る：https://www.example.jp/my/cases/1/\n\n--\n例示市 窓口\nお問い合わせ 000-000-0000"
    ),
)


@dataclass(frozen=True)
class State:
    """One state of a part: its name among `state_names`, the template as one writes it, and the values."""

    name: str
    title: Any
    template: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One part of the face: what it is for, the values it takes, its states."""

    key: str
    title: Any
    group: str
    about: str
    values: Mapping[str, str]
    states: list[State]
    spoken: str  # "all" where its example texts exist in every register

    @property
    def about_html(self) -> SafeString:
        return mark_safe(CODE.sub(r"<code>\1</code>", escape(self.about)))  # noqa: S308 escaped before

    @property
    def lang(self) -> str:
        """The language of its example texts, where it is not that of the page."""
        return "" if self.spoken == "all" else "ja"


def group_names() -> dict[str, str]:
    return {
        "act": _("うごかす"),
        "form": _("書いてもらう"),
        "tell": _("伝える"),
        "find": _("さがす・たどる"),
        "show": _("見せる"),
        "staff": _("職員の画面"),
        "paper": _("紙とメール"),
    }


def state_names() -> dict[str, str]:
    return {
        "empty": _("空"),
        "one": _("1件"),
        "many": _("複数"),
        "long": _("長い文・多い件数"),
        "error": _("まちがいがあるとき"),
        "disabled": _("使えないとき"),
        "loading": _("読み込み中"),
    }


@cache
def parts() -> dict[str, Part]:
    """Every part by its key, in the order of the groups. Raises: ValueError where an example file is not whole."""
    found = [_read(path) for path in sorted(EXAMPLES.glob("*.yaml"))]
    return {part.key: part for part in sorted(found, key=lambda part: (GROUPS.index(part.group), part.key))}


def _read(path: Path) -> Part:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    shared = raw.pop("with", {})
    states = [
        State(
            name=state.pop("state"),
            title=_texts(state.pop("title", "")),
            template=state.pop("template").strip("\n"),
            values=_texts({**shared, **state.pop("with", {})}),
        )
        for state in raw.pop("states")
    ]
    return Part(
        key=path.stem,
        title=_texts(raw.pop("title")),
        group=raw.pop("group"),
        about=raw.pop("about").strip(),
        values=raw.pop("values", {}),
        states=states,
        spoken=raw.pop("spoken", "ja"),
    )


def _texts(value: Any) -> Any:
    """Plain values; a mapping with `ja` becomes a text in three registers."""
    if isinstance(value, dict):
        if "ja" in value and set(value) <= {"ja", "easy", "en"}:
            return LocalText(**value)
        return {key: _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return value


def render(state: State, request: HttpRequest, *, place: int) -> SafeString:
    """The state as it looks on a page. `place` keeps the ids of its form apart from those of other states."""
    values = dict(state.values)
    if "form" in values:
        values["form"] = _form(values["form"], prefix=f"s{place}")
    if "row_forms" in values:
        values["rows"] = [
            {"title": row["title"], "form": _form(row["form"], prefix=f"s{place}r{number}")}
            for number, row in enumerate(values.pop("row_forms"))
        ]
    if "page" in values:
        values["page"] = Paginator(range(values["page"]["count"]), 20).page(values["page"]["number"])
    source = "{% load charts face i18n %}" + state.template
    return engines["django"].from_string(source).render(values, request)


def _form(given: Mapping[str, Any], *, prefix: str) -> Any:
    """A form of `examples/forms.py`; with `data` it is bound, as after sending."""
    kind = getattr(forms, given["name"])
    data = given.get("data")
    bound = None if data is None else {f"{prefix}-{name}": value for name, value in data.items()}
    form = kind(bound, {} if data is not None else None, prefix=prefix)
    for name in given.get("disabled", ()):
        form.fields[name].disabled = True
    return form


def as_markdown() -> str:
    """The parts as a chapter of the documentation."""
    titles = {
        "act": "Acting",
        "form": "Forms",
        "tell": "Telling",
        "find": "Finding the way",
        "show": "Showing",
        "staff": "Staff",
        "paper": "Paper and mail",
    }
    lines: list[str] = []
    for group in GROUPS:
        lines += [f"## {titles[group]}", ""]
        for part in (one for one in parts().values() if one.group == group):
            lines += [f"### {part.key}", "", part.about, ""]
            if part.values:
                lines += ["| value | what it is |", "|---|---|"]
                lines += [f"| `{name}` | {meaning} |" for name, meaning in part.values.items()]
                lines.append("")
            shown = next((state for state in part.states if state.name == "many"), part.states[0])
            lines += ["```html", shown.template, "```", ""]
            lines += [f"States in the gallery: {', '.join(dict.fromkeys(state.name for state in part.states))}.", ""]
    return "\n".join(lines)
