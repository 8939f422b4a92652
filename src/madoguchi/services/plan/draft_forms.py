"""Forms of the next plan's draft as a whole, and what its forms share; staff pages speak Japanese."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.rules.drafts import ends, tokens
from madoguchi.ui.forms import FaceForm, WarekiDateField

Choices = Sequence[tuple[str, str]]


def text_area(label: str, *, rows: int, hint: str = "", most: int = 4000) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=most, required=False, widget=area)


class WrittenForm(FaceForm):
    """A form that two people may have open: it brings a token for every field its writer saw."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> dict[str, str]:
        """Without our note, every field that differs meets somebody else's."""
        try:
            seen = json.loads(self.cleaned_data["seen"])
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    def tell(self, met: Iterable[str], stands: dict[str, Any], tokens: Mapping[str, str]) -> None:
        """Say what others wrote into the fields that `met`. Sent once more, the form has seen it and wins."""
        self.data = self.data.copy()
        self.data["seen"] = json.dumps(self.cleaned_data["seen"] | {name: tokens[name] for name in met})
        for name in met:
            now = self.said(name, stands) or "（空）"
            self.add_error(self.place_of(name), f"ほかの人が先に改めました。いまの案：{now}")

    def place_of(self, name: str) -> str | None:
        """The field in which a part of the body is written; None where it has several."""
        return name

    def said(self, name: str, stands: dict[str, Any]) -> str:
        """A part of the body in words."""
        raise NotImplementedError

    def shown(self, field: str, value: Any) -> str:
        """A value of a field in words."""
        names = dict(getattr(self.fields[field], "choices", ()))
        values = value if isinstance(value, list) else [value]
        return "、".join(str(names.get(one, one)) for one in values if one is not None)


class BeginForm(FaceForm):
    """次の計画の名前."""

    name = forms.CharField(label="次の計画の名前", max_length=100)


class ApprovalForm(FaceForm):
    """公開する日."""

    publish_on = WarekiDateField(label="公開する日")


class OutlineForm(WrittenForm):
    """計画全体: its name, the section that keeps it, its length, the names of its goals and fields, its notes."""

    name = forms.CharField(label="計画の名前", max_length=100)
    owner = forms.ChoiceField(label="計画の担当課")
    last_half = forms.ChoiceField(
        label="計画の期間", help_text="工程と指標の目標は動きません。期間の外になったものは、案の画面に出ます。"
    )
    notes = text_area("計画の注記", rows=3, hint="1行に1つ。計画のページに公開します。")

    def __init__(self, outline: dict[str, Any], sections: Choices, used: set[str], data: Any = None) -> None:
        """`used` are the keys of the fields that measures of the draft stand in."""
        initial = {name: outline[name] for name in ("owner", "last_half")}
        initial |= {"name": outline["name"]["ja"], "notes": "\n".join(outline["notes"])}
        initial["seen"] = json.dumps(tokens(outline))
        super().__init__(data, initial=initial)
        self.outline = outline
        self.fields["owner"].choices = sections  # type: ignore[attr-defined]
        self.fields["last_half"].choices = [  # type: ignore[attr-defined]
            (last, f"{years}年間（{HalfYear.parse(last).label}まで）")
            for years, last in enumerate(ends(outline["first_half"]), 1)
        ]
        for number, goal in enumerate(outline["goals"], 1):
            self._name(f"goal.{goal['key']}", f"目標{number}", goal["name"]["ja"])
        for number, field in enumerate(outline["fields"], 1):
            self._name(f"field.{field['key']}", f"施策分野{number}", field["name"]["ja"], required=field["key"] in used)
        self._name("field.", "加える施策分野", "", required=False)
        self.order_fields(["name", "owner", "last_half", *(name for name in self.fields if "." in name)])

    def _name(self, field: str, label: str, initial: str, *, required: bool = True) -> None:
        hint = "" if required or not initial else "空にすると、この分野をなくします。"
        self.fields[field] = forms.CharField(
            label=label, initial=initial, max_length=60, required=required, help_text=hint
        )

    def changes(self) -> dict[str, Any]:
        """The parts of the outline that the form holds; call it on a valid form."""
        given = self.cleaned_data
        goals = [_renamed(goal, given[f"goal.{goal['key']}"]) for goal in self.outline["goals"]]
        fields = [_renamed(field, given[f"field.{field['key']}"]) for field in self.outline["fields"]]
        if given["field."]:
            fields.append({"key": self._free_key(), "name": {"ja": given["field."]}, "printed_total": 0})
        return {
            "name": worded(self.outline["name"], given["name"]),
            "owner": given["owner"],
            "last_half": given["last_half"],
            "goals": goals,
            "fields": [field for field in fields if field["name"]["ja"]],
            "notes": lines_of(given["notes"]),
        }

    def place_of(self, name: str) -> str | None:
        return name if name in self.fields else None

    def said(self, name: str, stands: dict[str, Any]) -> str:
        value = stands[name]
        if name in ("goals", "fields"):
            return "、".join(one["name"]["ja"] for one in value)
        return self.shown(name, value["ja"] if name == "name" else value)

    def _free_key(self) -> str:
        taken = {field["key"] for field in self.outline["fields"]}
        return next(key for number in range(1, len(taken) + 2) if (key := f"added{number}") not in taken)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def choices_of(named: Iterable[dict[str, Any]]) -> Choices:
    return [(one["key"], one["name"]["ja"]) for one in named]


def worded(present: dict[str, str] | None, given: str) -> dict[str, str]:
    """A text in its registers: the others go when the standard one changes."""
    return present if present and present["ja"] == given else {"ja": given}


def _renamed(named: dict[str, Any], given: str) -> dict[str, Any]:
    return {**named, "name": worded(named["name"], given)}
