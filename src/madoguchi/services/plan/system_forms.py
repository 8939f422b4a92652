"""Forms of the renewal of systems; staff pages speak Japanese."""

from typing import Any

from django import forms

from madoguchi.services.plan.pack import System
from madoguchi.services.plan.rules.renewal import MILESTONES
from madoguchi.services.plan.sheet_forms import SheetForm, table_field
from madoguchi.ui.forms import FaceForm

LABELS = {
    "study_start": "次期システム検討開始",
    "procurement_fy": "次期システム調達年度",
    "current_end": "現行システム運用終了",
    "next_start": "次期システム運用開始",
}


class WhatIfForm(FaceForm):
    """Which date of which system is moved, and to when."""

    system = forms.ChoiceField(label="システム")
    milestone = forms.ChoiceField(label="動かす日付", choices=[(name, LABELS[name]) for name in MILESTONES])
    moved_to = forms.RegexField(
        r"\d{4}(-(0[1-9]|1[0-2]))?",
        label="いつに",
        help_text="年月は2021-07、年度は2021のように書きます。",
        error_messages={"invalid": "年月は2021-07、年度は2021のように書いてください"},
        max_length=7,
    )

    def __init__(self, systems: list[System], data: Any) -> None:
        super().__init__(data)
        self.systems = {system.key: system for system in systems}
        self.fields["system"].choices = [  # type: ignore[attr-defined]
            (system.key, f"{system.number} {system.name}") for system in systems
        ]

    def clean(self) -> dict[str, Any]:
        """A month for months, a year for the fiscal year."""
        cleaned: dict[str, Any] = super().clean() or {}
        moved_to, wants_year = cleaned.get("moved_to", ""), cleaned.get("milestone") == "procurement_fy"
        if moved_to and cleaned.get("milestone") and (len(moved_to) == 4) != wants_year:
            self.add_error(
                "moved_to", "年度を2021のように書いてください" if wants_year else "年月を2021-07のように書いてください"
            )
        return cleaned

    def moved(self) -> System:
        """The system with its new date; call it on a valid form."""
        chosen = self.systems[self.cleaned_data["system"]]
        value = self.cleaned_data["moved_to"]
        name = self.cleaned_data["milestone"]
        return chosen.model_copy(update={name: int(value) if name == "procurement_fy" else value})


class TableForm(SheetForm):
    """The table of systems as it comes back from a spreadsheet."""

    table = table_field("システムの表（CSV）")
