"""Forms of the desk; staff pages speak Japanese."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.citydata.public import records
from madoguchi.lib.receipt_number import NotAReceiptNumber, parse
from madoguchi.services.procedures import queries, rules
from madoguchi.services.procedures.models import Case
from madoguchi.ui.forms import FaceForm


class DeskFilter(FaceForm):
    """What narrows the list: the view, a procedure, a receipt number as people type it."""

    number = forms.CharField(label="受付番号", required=False, max_length=30)
    procedure = forms.ChoiceField(label="手続", required=False)
    whose = forms.ChoiceField(
        label="担当", choices=[("", "みんな"), ("mine", "わたし"), ("free", "決まっていない")], required=False
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        names = [(procedure.key, procedure.name.ja) for procedure in records("procedure")]
        self.fields["procedure"].choices = [("", "すべて"), *names]  # type: ignore[attr-defined]
        self.view = data.get("view") if data.get("view") in queries.VIEWS else "open"

    @property
    def query(self) -> str:
        """What is kept for the next time: not a number, which is looked for once."""
        kept = {name: self.cleaned_data.get(name) for name in ("procedure", "whose")}
        view = {"view": self.view} if self.view != "open" else {}
        return urlencode(view | {name: value for name, value in kept.items() if value})

    def clean_number(self) -> str:
        typed = self.cleaned_data["number"]
        try:
            return parse(typed) if typed else ""
        except NotAReceiptNumber as error:
            raise forms.ValidationError("受付番号の形を確かめてください。例：R8-000123-7") from error

    def apply(self, cases: QuerySet[Case], *, person: Person, today: date) -> QuerySet[Case]:
        """A number is looked for in every view."""
        self.is_valid()
        if number := self.cleaned_data.get("number"):
            return cases.filter(receipt_number=number)
        if self.has_error("number"):
            return cases.none()
        found = queries.in_view(cases, self.view, today=today)
        if procedure := self.cleaned_data.get("procedure"):
            found = found.filter(procedure_key=procedure)
        if whose := self.cleaned_data.get("whose"):
            found = found.filter(holder=person if whose == "mine" else None)
        return found


class HandForm(FaceForm):
    """What to do with the chosen cases: take them, hand them on, put them back."""

    case = forms.ModelMultipleChoiceField(
        Case.objects.none(),
        to_field_name="uid",
        error_messages={
            "required": "申請を選んでください。",
            "invalid_choice": "いま扱えない申請がまざっています。選び直してください。",
            "invalid_pk_value": "申請を選び直してください。",
        },
    )
    act = forms.ChoiceField(choices=[(act, act) for act in ("take", "hand_on", "put_back")])
    to = forms.ModelChoiceField(Person.objects.none(), to_field_name="uid", required=False)

    def __init__(self, data: QueryDict, *, cases: QuerySet[Case], colleagues: Sequence[Person]) -> None:
        super().__init__(data)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]
        mine = Person.objects.filter(pk__in=[one.pk for one in colleagues])
        self.fields["to"].queryset = mine  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if self.cleaned_data.get("act") == "hand_on" and not self.cleaned_data.get("to"):
            raise forms.ValidationError("だれに渡すかを選んでください。")
        return given


class CorrectionForm(FaceForm):
    """Which question, and what is wrong with its answer."""

    question_key = forms.ChoiceField(label="直してもらう項目", widget=forms.RadioSelect)
    message = forms.CharField(
        label="申請した方への説明",
        help_text="何が足りないか、どう直せばよいかを書きます。そのまま申請した方に届きます。",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, case: Case, data: Any) -> None:
        super().__init__(data)
        visible = [
            question for page in case.procedure.pages for question in rules.visible_questions(page, case.answers)
        ]
        self.fields["question_key"].choices = [(q.key, q.label.ja) for q in visible]  # type: ignore[attr-defined]


class RefusalForm(FaceForm):
    """Why not, in words the applicant understands."""

    reason = forms.CharField(
        label="理由",
        help_text="根拠の条文と、どの事実がそれに当たるかを書きます。通知書にそのまま印刷されます。",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
