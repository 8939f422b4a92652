"""Forms of changes, the council, evaluations and indicators; staff pages speak Japanese."""

from datetime import date
from typing import Any

from django import forms

from madoguchi.services.plan.models import Period
from madoguchi.services.plan.pack import Measure, Rulebook
from madoguchi.services.plan.rules.evaluation import AXES
from madoguchi.ui.forms import FaceForm, WarekiDateField

NEW_STEPS = 2


class ChangeForm(FaceForm):
    """計画の変更: a half-year from and to for every step, new steps, targets, the estimate, and the reason."""

    def __init__(self, promise: dict[str, Any], halves: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.promise = promise
        choices = [("", "（記載なし）"), *halves]
        for step in self._standing():
            self._half(f"{step['key']}.first", f"{step['title']} 始まり", choices, step["first"])
            self._half(f"{step['key']}.last", f"{step['title']} 終わり", choices, step["last"])
            self.fields[f"{step['key']}.withdrawn"] = forms.BooleanField(
                label=f"{step['title']}を取りやめる", required=False
            )
        for number in range(1, NEW_STEPS + 1):
            self.fields[f"new{number}.title"] = forms.CharField(
                label=f"加える工程 {number}", required=False, max_length=200
            )
            self._half(f"new{number}.first", f"加える工程 {number} 始まり", choices, "")
            self._half(f"new{number}.last", f"加える工程 {number} 終わり", choices, "")
        for item in promise["effects"]:
            self.fields[f"effect.{item['key']}"] = forms.FloatField(
                label=f"目標：{item['name']}（{item['unit']}）", required=False, initial=item["target"]
            )
        self.fields["estimate"] = forms.IntegerField(
            label="費用見込（千円）", required=False, min_value=0, initial=promise["estimate_thousand_yen"]
        )
        self.fields["reason"] = forms.CharField(
            label="変更の理由",
            help_text="この理由は公開のページと会議の資料にのります。",
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def steps(self) -> list[tuple[str, list[forms.BoundField]]]:
        """One row a step, and one a step that may be added: its title and its controls."""
        rows = [
            (step["title"], [self[f"{step['key']}.{name}"] for name in ("first", "last", "withdrawn")])
            for step in self._standing()
        ]
        new = range(1, NEW_STEPS + 1)
        return rows + [("", [self[f"new{number}.{name}"] for name in ("title", "first", "last")]) for number in new]

    def others(self) -> list[forms.BoundField]:
        """Targets, estimate and reason."""
        return [self[name] for name in self.fields if name.startswith("effect.") or name in ("estimate", "reason")]

    def _standing(self) -> list[dict[str, Any]]:
        return [step for step in self.promise["schedule"] if not step["withdrawn"]]

    def _half(self, name: str, label: str, choices: list[tuple[str, str]], initial: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices, initial=initial)

    def clean(self) -> dict[str, Any]:
        """A bar ends where it begins or later; an end has a beginning; a new step has its time."""
        cleaned: dict[str, Any] = super().clean() or {}
        names = [step["key"] for step in self._standing()] + [f"new{number}" for number in range(1, NEW_STEPS + 1)]
        for name in names:
            first, last = cleaned.get(f"{name}.first", ""), cleaned.get(f"{name}.last", "")
            if last and (not first or last < first):
                self.add_error(f"{name}.last", "始まりと同じか、あとの半期を選んでください")
            if cleaned.get(f"{name}.title") and not first:
                self.add_error(f"{name}.first", "加える工程の始まりを選んでください")
        return cleaned

    def change(self) -> dict[str, Any]:
        """The arguments of `actions.promises.change`; call it on a valid form."""
        given = self.cleaned_data
        steps = self._standing()
        return {
            "bars": {step["key"]: (given[f"{step['key']}.first"], given[f"{step['key']}.last"]) for step in steps},
            "withdrawn": [step["key"] for step in steps if given[f"{step['key']}.withdrawn"]],
            "added": [
                (given[f"new{number}.title"], given[f"new{number}.first"], given[f"new{number}.last"])
                for number in range(1, NEW_STEPS + 1)
                if given[f"new{number}.title"]
            ],
            "effects": {
                item["key"]: (given[f"effect.{item['key']}"], item["target_half"])
                for item in self.promise["effects"]
                if given[f"effect.{item['key']}"] is not None
            },
            "estimate_thousand_yen": given["estimate"],
            "reason": given["reason"],
        }


class MeetingForm(FaceForm):
    """会議: its name, its day, and the half-year it looks at."""

    title = forms.CharField(label="会議の名前", max_length=120, initial="ICT戦略会議")
    held_on = WarekiDateField(label="開く日")
    period = forms.ModelChoiceField(
        label="報告の期", queryset=Period.objects.order_by("-half"), required=False, to_field_name="half"
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["period"].label_from_instance = lambda found: found.half_year.label  # type: ignore[attr-defined]


class DecisionForm(FaceForm):
    """決定: about which measure, what, and by when."""

    measure = forms.ChoiceField(label="施策")
    text = forms.CharField(
        label="決定の内容",
        help_text="施策のページに公開します。",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = WarekiDateField(label="いつまでに", required=False)

    def __init__(self, measures: list[Measure], data: Any = None) -> None:
        super().__init__(data)
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (found.key, f"{found.number} {found.name.ja}") for found in measures
        ]


class CostForm(FaceForm):
    """実績額 and where it comes from."""

    thousand_yen = forms.IntegerField(label="実績額（千円）", min_value=0, max_value=2_000_000_000)
    source = forms.CharField(label="出典", help_text="例：令和4年度決算、契約番号", max_length=200)


class VerdictForm(FaceForm):
    """判定 of one side: a grade an axis, and the reason where it differs from the rule's."""

    def __init__(self, book: Rulebook, rule: dict[str, str], data: Any = None) -> None:
        super().__init__(data)
        grades = [(grade.key, f"{grade.key} {grade.name.ja}") for grade in book.grades]
        for axis, name in AXES.items():
            self.fields[axis] = forms.ChoiceField(
                label=name, required=False, choices=[("", "判定しない"), *grades], initial=rule.get(axis, "")
            )
        self.fields["reason"] = forms.CharField(
            label="理由",
            help_text="規則の判定と違うときは必要です。",
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def grades(self) -> dict[str, str]:
        return {axis: self.cleaned_data[axis] for axis in AXES}


class ReadingForm(FaceForm):
    """実績値: day, value and source."""

    on = WarekiDateField(label="いつの値")
    value = forms.DecimalField(label="値", max_digits=16, decimal_places=4)
    source = forms.CharField(label="出典", help_text="例：研修の名簿、令和3年度決算", max_length=200)

    def __init__(self, today: date, data: Any = None) -> None:
        super().__init__(data)
        self.today = today

    def clean_on(self) -> date:
        found: date = self.cleaned_data["on"]
        if found > self.today:
            raise forms.ValidationError("これからの日付です。値の分かっている日を書いてください")
        return found
