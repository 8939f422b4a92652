"""Forms of the skills; staff pages speak Japanese."""

import secrets
from typing import Any

from django import forms

from madoguchi.services.plan.models import SelfAssessment
from madoguchi.services.plan.pack import Course, Skills
from madoguchi.services.plan.pack.skills import SkillRow
from madoguchi.ui.forms import FaceForm, WarekiDateField


class SkillsForm(FaceForm):
    """自己評価: a level for every item asked of a column. What is left open is not counted."""

    def __init__(
        self, skills: Skills, column_key: str, sections: list[tuple[str, str]], own: SelfAssessment | None, data: Any
    ) -> None:
        super().__init__(data)
        self.skills, self.column_key = skills, column_key
        held = own.section_key if own else sections[0][0]
        self.fields["section"] = forms.ChoiceField(label="課", choices=sections, initial=held)
        levels = [(str(place), name) for place, name in enumerate(skills.levels)]
        before = own.answers if own else {}
        for row in skills.rows:
            for name, item in self._items(row):
                level = before.get(row.key, {}).get(item)
                self.fields[name] = forms.ChoiceField(
                    label=item,
                    required=False,
                    choices=levels,
                    widget=forms.RadioSelect,
                    initial=None if level is None else str(level),
                )

    def _items(self, row: SkillRow) -> list[tuple[str, str]]:
        return [(f"{row.key}.{place}", item) for place, item in enumerate(row.asks[self.column_key])]

    def rows(self) -> list[tuple[SkillRow, list[forms.BoundField]]]:
        """The questions by row of the matrix."""
        return [(row, [self[name] for name, _ in self._items(row)]) for row in self.skills.rows]

    def answers(self) -> dict[str, dict[str, int]]:
        """Row → item → level; call it on a valid form."""
        given = self.cleaned_data
        return {
            row.key: levels
            for row in self.skills.rows
            if (levels := {item: int(given[name]) for name, item in self._items(row) if given[name]})
        }


class CourseForm(FaceForm):
    """研修・講座: what it teaches, to whom, how long and when."""

    name = forms.CharField(label="名前", max_length=100)
    rows = forms.MultipleChoiceField(label="学べるスキル", widget=forms.CheckboxSelectMultiple)
    columns = forms.MultipleChoiceField(label="だれに", widget=forms.CheckboxSelectMultiple)
    hours = forms.FloatField(label="時間", min_value=0.5, max_value=200, help_text="例：1.5")
    held = forms.CharField(label="いつ、どこで", max_length=200, required=False)
    until = WarekiDateField(label="いつまで行うか", required=False, help_text="過ぎると一覧に出ません。")
    source = forms.CharField(label="出典", max_length=200, help_text="例：令和5年度研修計画")

    def __init__(self, skills: Skills, course: Course | None, data: Any) -> None:
        super().__init__(data, initial=course.model_dump(exclude={"key"}) if course else None)
        self.key = course.key if course else f"course-{secrets.token_hex(4)}"
        for name, found in (("rows", skills.rows), ("columns", skills.columns)):
            self.fields[name].choices = [(one.key, one.name) for one in found]  # type: ignore[attr-defined]

    def course(self) -> Course:
        """Call it on a valid form."""
        return Course(key=self.key, **self.cleaned_data)
