"""Forms of one measure of the next plan's draft; staff pages speak Japanese."""

import json
import re
from collections.abc import Mapping
from typing import Any, get_args

from django import forms
from django.core.exceptions import ValidationError

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.draft_forms import Choices, WrittenForm, choices_of, lines_of, text_area, worded
from madoguchi.services.plan.pack.measures import Goal
from madoguchi.services.plan.rules.drafts import lies_within, tasks_of

STEP = re.compile(
    r"(?P<title>[^|｜]+)(?:[|｜]\s*(?P<first>20[0-9]{2}H[12])\s*(?P<to>[-～]\s*(?P<last>20[0-9]{2}H[12])?)?)?"
)
BETWEEN = re.compile(r"\s*[|｜]\s*")
LISTS = ("present_state", "content", "targets")  # one text a line


def _several(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class DraftMeasureForm(WrittenForm):
    """One measure of the draft: words, place in the plan, sections, steps with half-years, risks, the estimate."""

    name = forms.CharField(label="施策の名前", max_length=120)
    summary = forms.CharField(label="ひとことで", help_text="公開のページの一番上に出ます。", max_length=300)
    field = forms.ChoiceField(label="施策分野")
    goals = _several("目標の区分")
    act_categories = _several("官民データ活用の取組")
    lead = forms.ChoiceField(label="主管課")
    second_lead = forms.ChoiceField(label="もう1つの主管課", required=False)
    related = _several("関係課")
    related_note = forms.CharField(
        label="そのほかの関係先", help_text="例：窓口を担当する部署", max_length=200, required=False
    )
    purpose = text_area("目的", rows=3, most=1000)
    present_state = text_area("現状", rows=4, hint="1行に1つ")
    content = text_area("施策内容", rows=5, hint="1行に1つ")
    targets = text_area("達成目標", rows=4, hint="1行に1つ")
    tasks = text_area(
        "工程",
        rows=6,
        hint="1行に1つ。名前 | 半期（例：設計 | 2023H1-2023H2）。終わりの記載がなければ「2023H1-」",
    )
    risks = text_area(
        "想定されるリスク",
        rows=4,
        hint="1行に1つ。リスク | 対策（例：機器が届かない | 早く発注する）。対策はいくつでも",
    )
    estimate = forms.IntegerField(label="費用見込（千円）", required=False, min_value=0, max_value=2_000_000_000)

    def __init__(
        self,
        body: dict[str, Any],
        outline: dict[str, Any],
        sections: Choices,
        data: Any = None,
        *,
        indicators: Mapping[str, dict[str, Any]] | None = None,
        seen: Mapping[str, str] | None = None,
    ) -> None:
        """`indicators` are those the measure goes on with, by present key; `seen` tells what the page shows now."""
        super().__init__(data, initial=None if data else _initial(body) | {"seen": json.dumps(seen)})
        self.body, self.indicators = body, indicators or {}
        for name, choices in {
            "field": [("", "（選んでください）"), *choices_of(outline["fields"])],
            "goals": choices_of(outline["goals"]),
            "act_categories": choices_of(outline["act_categories"]),
            "lead": [("", "（選んでください）"), *sections],
            "second_lead": [("", "（なし）"), *sections],
            "related": sections,
        }.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not outline["act_categories"]:
            del self.fields["act_categories"]
        if seen is None:
            del self.fields["seen"]
        for key, item in self.indicators.items():
            self._target(key, item, outline)

    def _target(self, key: str, item: dict[str, Any], outline: dict[str, Any]) -> None:
        label = f"指標の目標：{item['name']['ja']}"
        self.fields[f"target.{key}"] = forms.FloatField(
            label=f"{label}（{item['unit']['ja']}）", required=False, initial=_number(item["target"])
        )
        period = HalfYear.parse(outline["first_half"]).through(HalfYear.parse(outline["last_half"]))
        halves = [("", "（目標なし）"), *((str(half), half.label) for half in period)]
        if (given := item["target_half"]) and not lies_within(given, outline):
            halves.append((given, f"{HalfYear.parse(given).label}（計画の期間の外）"))
        self.fields[f"target_half.{key}"] = forms.ChoiceField(
            label=f"{label}の半期", required=False, choices=halves, initial=given
        )

    def clean(self) -> dict[str, Any]:
        """A target needs its half-year, and a half-year its target."""
        given: dict[str, Any] = super().clean() or {}
        for key in self.indicators:
            value, half = given.get(f"target.{key}"), given.get(f"target_half.{key}")
            if (value is None) != (not half) and not self.errors.keys() & {f"target.{key}", f"target_half.{key}"}:
                missing = "target" if value is None else "target_half"
                self.add_error(f"{missing}.{key}", "目標の値と半期は、どちらも書くか、どちらも空にしてください")
        return given

    def place_of(self, name: str) -> str:
        return {"leads": "lead", "estimate_thousand_yen": "estimate"}.get(name, name)

    def said(self, name: str, stands: dict[str, Any]) -> str:
        if name.startswith("target."):
            return _aim(stands[name])
        field = self.place_of(name)
        return self.shown(field, stands["leads"] if name == "leads" else _initial(stands)[field])

    def clean_tasks(self) -> list[dict[str, Any]]:
        """Raises: ValidationError, which names the line."""
        bars = []
        for number, line in enumerate(lines_of(self.cleaned_data["tasks"]), 1):
            given = STEP.fullmatch(line)
            if given is None:
                raise ValidationError(f"{number}行目を「名前 | 2023H1-2023H2」の形で書いてください")
            first, last = given["first"] or "", (given["last"] if given["to"] else given["first"]) or ""
            if last and HalfYear.parse(last) < HalfYear.parse(first):
                raise ValidationError(f"{number}行目の終わりは、始まりと同じか、あとの半期にしてください")
            bars.append((given["title"].strip(), first, last))
        return tasks_of(bars)

    def clean_risks(self) -> list[dict[str, Any]]:
        """Raises: ValidationError, which names the line."""
        found = []
        for number, line in enumerate(lines_of(self.cleaned_data["risks"]), 1):
            risk, *measures = BETWEEN.split(line)
            if not risk:
                raise ValidationError(f"{number}行目を「リスク | 対策」の形で書いてください")
            found.append({"risk": risk, "countermeasures": [text for text in measures if text]})
        return found

    def changes(self) -> dict[str, Any]:
        """The parts of the body that the form holds; call it on a valid form. Other registers go with another name."""
        given = self.cleaned_data
        leads = (given["lead"], given["second_lead"], *self.body.get("leads", [])[2:])
        return {name: lines_of(given[name]) for name in LISTS} | {
            "name": worded(self.body.get("name"), given["name"]),
            "summary": worded(self.body.get("summary"), given["summary"]),
            "field": given["field"],
            "goals": {goal: goal in given["goals"] for goal in get_args(Goal)},
            "act_categories": given.get("act_categories", []),
            "leads": list(dict.fromkeys(filter(None, leads))),
            "related": given["related"],
            "related_note": given["related_note"],
            "purpose": given["purpose"] or None,
            "tasks": given["tasks"],
            "risks": given["risks"],
            "estimate_thousand_yen": given["estimate"],
            **{
                f"target.{key}": {"target": given[f"target.{key}"], "target_half": given[f"target_half.{key}"] or None}
                for key in self.indicators
            },
        }


class NewMeasureForm(DraftMeasureForm):
    """新規施策: the same with its number, which makes its key."""

    number = forms.IntegerField(label="施策の番号", min_value=1, max_value=999)
    field_order = ("number",)

    def __init__(self, body: dict[str, Any], outline: dict[str, Any], sections: Choices, data: Any = None) -> None:
        super().__init__(body, outline, sections, data)
        self.fields["number"].help_text = f"公開の後、施策を指す符号（例：{body['key']}）になります。"
        self.fields["number"].initial = body["number"]

    def changes(self) -> dict[str, Any]:
        return super().changes() | {"number": self.cleaned_data["number"]}


def _initial(body: dict[str, Any]) -> dict[str, Any]:
    if "name" not in body:
        return {}
    return {name: "\n".join(body[name]) for name in LISTS} | {
        "name": body["name"]["ja"],
        "summary": body["summary"]["ja"],
        "field": body["field"],
        "goals": [goal for goal, applies in body["goals"].items() if applies],
        "act_categories": body["act_categories"],
        "lead": body["leads"][0],
        "second_lead": next(iter(body["leads"][1:]), ""),
        "related": body["related"],
        "related_note": body["related_note"],
        "purpose": body["purpose"] or "",
        "tasks": "\n".join(_step(task["title"], bar) for task in body["tasks"] for bar in task["planned"] or [None]),
        "risks": "\n".join(" | ".join([risk["risk"], *risk["countermeasures"]]) for risk in body["risks"]),
        "estimate": body["estimate_thousand_yen"],
    }


def _number(value: float | None) -> str:
    return "" if value is None else str(value).removesuffix(".0")


def _aim(target: dict[str, Any]) -> str:
    """A target as it is said beside its field."""
    value, half = target["target"], target["target_half"]
    return f"{value:,.10g}（{HalfYear.parse(half).label}）" if half else ""


def _step(title: str, bar: dict[str, Any] | None) -> str:
    return f"{title} | {bar['from']}-{bar['to'] or ''}" if bar else title
