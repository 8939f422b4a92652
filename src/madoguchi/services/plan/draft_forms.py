"""Forms of the next plan's draft; staff pages speak Japanese."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from django import forms
from django.core.exceptions import ValidationError

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.pack.measures import Goal
from madoguchi.services.plan.rules.drafts import ends, lies_within, tasks_of
from madoguchi.ui.forms import FaceForm, WarekiDateField

STEP = re.compile(
    r"(?P<title>[^|｜]+)(?:[|｜]\s*(?P<first>20[0-9]{2}H[12])\s*(?P<to>[-～]\s*(?P<last>20[0-9]{2}H[12])?)?)?"
)
BETWEEN = re.compile(r"\s*[|｜]\s*")
FIELDS = {"leads": "lead", "estimate_thousand_yen": "estimate"}  # of the form, where the body calls them otherwise
LISTS = ("present_state", "content", "targets")  # one text a line
Choices = Sequence[tuple[str, str]]


def _text(label: str, *, rows: int, hint: str = "", most: int = 4000) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=most, required=False, widget=area)


def _several(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class BeginForm(FaceForm):
    """次の計画の名前."""

    name = forms.CharField(label="次の計画の名前", max_length=100)


class ApprovalForm(FaceForm):
    """公開する日."""

    publish_on = WarekiDateField(label="公開する日")


class OutlineForm(FaceForm):
    """計画全体: its name, the section that keeps it, its length, the names of its goals and fields, its notes."""

    name = forms.CharField(label="計画の名前", max_length=100)
    owner = forms.ChoiceField(label="計画の担当課")
    last_half = forms.ChoiceField(
        label="計画の期間", help_text="工程は動きません。期間の外になった工程は、案の画面に出ます。"
    )
    notes = _text("計画の注記", rows=3, hint="1行に1つ。計画のページに公開します。")

    def __init__(self, outline: dict[str, Any], sections: Choices, used: set[str], data: Any = None) -> None:
        """`used` are the keys of the fields that measures of the draft stand in."""
        initial = {name: outline[name] for name in ("owner", "last_half")}
        initial |= {"name": outline["name"]["ja"], "notes": "\n".join(outline["notes"])}
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
            "name": _worded(self.outline["name"], given["name"]),
            "source": given["name"],
            "owner": given["owner"],
            "last_half": given["last_half"],
            "goals": goals,
            "fields": [field for field in fields if field["name"]["ja"]],
            "notes": _lines(given["notes"]),
        }

    def _free_key(self) -> str:
        taken = {field["key"] for field in self.outline["fields"]}
        return next(key for number in range(1, len(taken) + 2) if (key := f"added{number}") not in taken)


class DraftMeasureForm(FaceForm):
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
    purpose = _text("目的", rows=3, most=1000)
    present_state = _text("現状", rows=4, hint="1行に1つ")
    content = _text("施策内容", rows=5, hint="1行に1つ")
    targets = _text("達成目標", rows=4, hint="1行に1つ")
    tasks = _text(
        "工程",
        rows=6,
        hint="1行に1つ。名前 | 半期（例：設計 | 2023H1-2023H2）。終わりの記載がなければ「2023H1-」",
    )
    risks = _text(
        "想定されるリスク",
        rows=4,
        hint="1行に1つ。リスク | 対策（例：機器が届かない | 早く発注する）。対策はいくつでも",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # a token a field, so that two writers meet
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
            "field": [("", "（選んでください）"), *_names(outline["fields"])],
            "goals": _names(outline["goals"]),
            "act_categories": _names(outline["act_categories"]),
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
        label = f"目標：{item['name']['ja']}"
        self.fields[f"target.{key}"] = forms.FloatField(
            label=f"{label}（{item['unit']['ja']}）", required=False, initial=item["target"]
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
        theirs = _initial(stands) | {"lead": stands["leads"]}
        for name in met:
            field = FIELDS.get(name, name)
            now = _aim(stands[name]) if name.startswith("target.") else self._shown(field, theirs[field])
            self.add_error(field, f"ほかの人が先に改めました。いまの案：{now or '（空）'}")

    def _shown(self, field: str, value: Any) -> str:
        names = dict(getattr(self.fields[field], "choices", ()))
        values = value if isinstance(value, list) else [value]
        return "、".join(str(names.get(one, one)) for one in values if one is not None)

    def clean_tasks(self) -> list[dict[str, Any]]:
        """Raises: ValidationError, which names the line."""
        bars = []
        for number, line in enumerate(_lines(self.cleaned_data["tasks"]), 1):
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
        for number, line in enumerate(_lines(self.cleaned_data["risks"]), 1):
            risk, *measures = BETWEEN.split(line)
            if not risk:
                raise ValidationError(f"{number}行目を「リスク | 対策」の形で書いてください")
            found.append({"risk": risk, "countermeasures": [text for text in measures if text]})
        return found

    def changes(self) -> dict[str, Any]:
        """The parts of the body that the form holds; call it on a valid form. Other registers go with another name."""
        given = self.cleaned_data
        leads = (given["lead"], given["second_lead"], *self.body.get("leads", [])[2:])
        return {name: _lines(given[name]) for name in LISTS} | {
            "name": _worded(self.body.get("name"), given["name"]),
            "summary": _worded(self.body.get("summary"), given["summary"]),
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


def _aim(target: dict[str, Any]) -> str:
    """A target as it is said beside its field."""
    value, half = target["target"], target["target_half"]
    return f"{value:,.10g}（{HalfYear.parse(half).label}）" if half else ""


def _step(title: str, bar: dict[str, Any] | None) -> str:
    return f"{title} | {bar['from']}-{bar['to'] or ''}" if bar else title


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _names(named: Iterable[dict[str, Any]]) -> Choices:
    return [(one["key"], one["name"]["ja"]) for one in named]


def _worded(present: dict[str, str] | None, given: str) -> dict[str, str]:
    """A text in its registers: the others go when the standard one changes."""
    return present if present and present["ja"] == given else {"ja": given}


def _renamed(named: dict[str, Any], given: str) -> dict[str, Any]:
    return {**named, "name": _worded(named["name"], given)}
