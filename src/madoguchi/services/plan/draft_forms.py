"""Forms of the next plan's draft; staff pages speak Japanese."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from madoguchi.lib.halfyear import HalfYear
from madoguchi.ui.forms import FaceForm, WarekiDateField

STEP = re.compile(r"(?P<title>[^|｜]+)(?:[|｜]\s*(?P<first>\d{4}H[12])\s*(?P<to>[-～]\s*(?P<last>\d{4}H[12])?)?)?")


class BeginForm(FaceForm):
    """次の計画の名前."""

    name = forms.CharField(label="次の計画の名前", max_length=100)


class ApprovalForm(FaceForm):
    """公開する日."""

    publish_on = WarekiDateField(label="公開する日")


class DraftMeasureForm(FaceForm):
    """One measure of the draft: words, sections, steps with their half-years, the estimate."""

    name = forms.CharField(label="施策の名前", max_length=120)
    summary = forms.CharField(label="ひとことで", help_text="公開のページの一番上に出ます。", max_length=300)
    lead = forms.ChoiceField(label="主管課")
    second_lead = forms.ChoiceField(label="もう1つの主管課", required=False)
    purpose = forms.CharField(label="目的", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    content = forms.CharField(
        label="施策内容",
        help_text="1行に1つ",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    targets = forms.CharField(
        label="達成目標",
        help_text="1行に1つ",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    tasks = forms.CharField(
        label="工程",
        help_text="1行に1つ。名前 | 半期（例：設計 | 2023H1-2023H2）。終わりの記載がなければ「2023H1-」",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    estimate = forms.IntegerField(label="費用見込（千円）", required=False, min_value=0, max_value=2_000_000_000)

    def __init__(self, body: dict[str, Any], sections: Iterable[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, initial=None if data else _initial(body))
        self.body = body
        choices = list(sections)
        self.fields["lead"].choices = choices  # type: ignore[attr-defined]
        self.fields["second_lead"].choices = [("", "（なし）"), *choices]  # type: ignore[attr-defined]

    def clean_tasks(self) -> list[dict[str, Any]]:
        """Raises: ValidationError, which names the line."""
        found: dict[str, dict[str, Any]] = {}
        for number, line in enumerate(_lines(self.cleaned_data["tasks"]), 1):
            given = STEP.fullmatch(line)
            if given is None:
                raise ValidationError(f"{number}行目を「名前 | 2023H1-2023H2」の形で書いてください")
            task = found.setdefault(given["title"].strip(), {"title": given["title"].strip(), "planned": None})
            if given["first"]:
                last = (given["last"] if given["to"] else given["first"]) or None
                if last and HalfYear.parse(last) < HalfYear.parse(given["first"]):
                    raise ValidationError(f"{number}行目の終わりは、始まりと同じか、あとの半期にしてください")
                task["planned"] = [*(task["planned"] or []), {"from": given["first"], "to": last}]
        return list(found.values())

    def changes(self) -> dict[str, Any]:
        """The parts of the body that the form holds; call it on a valid form. Other registers go with another name."""
        given = self.cleaned_data
        names = {
            name: self.body[name] if self.body[name]["ja"] == given[name] else {"ja": given[name]}
            for name in ("name", "summary")
        }
        return names | {
            "leads": list(dict.fromkeys(filter(None, (given["lead"], given["second_lead"], *self.body["leads"][2:])))),
            "purpose": given["purpose"] or None,
            "content": _lines(given["content"]),
            "targets": _lines(given["targets"]),
            "tasks": given["tasks"],
            "estimate_thousand_yen": given["estimate"],
        }


def _initial(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": body["name"]["ja"],
        "summary": body["summary"]["ja"],
        "lead": body["leads"][0],
        "second_lead": next(iter(body["leads"][1:]), ""),
        "purpose": body["purpose"] or "",
        "content": "\n".join(body["content"]),
        "targets": "\n".join(body["targets"]),
        "tasks": "\n".join(_step(task["title"], bar) for task in body["tasks"] for bar in task["planned"] or [None]),
        "estimate": body["estimate_thousand_yen"],
    }


def _step(title: str, bar: dict[str, Any] | None) -> str:
    return f"{title} | {bar['from']}-{bar['to'] or ''}" if bar else title


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
