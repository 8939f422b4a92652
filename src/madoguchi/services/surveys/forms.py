"""A page of a questionnaire as a form, for people and for those who key in paper."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.services.surveys import rules, sampling
from madoguchi.services.surveys.pack import Page, Question
from madoguchi.ui.forms import Described, FaceForm

MOST_CHARACTERS = 2000
BETWEEN = "__"  # question and row of a matrix in the name of a field


class CodeForm(FaceForm):
    """The code of the letter, as people type it."""

    code = forms.CharField(
        label=gettext_lazy("回答符号"),
        help_text=gettext_lazy("手紙にある10文字です。大文字と小文字、間の線は気にしなくてかまいません。"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "in--12", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = sampling.read_code(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(_("符号の形を確かめてください。手紙の10文字をそのまま入力します。例：ABCDE-FGHJK"))
        return code


class PageForm(FaceForm):
    """The visible questions of a page. An optional question with one answer can be taken back: 答えない."""

    def __init__(self, page: Page, answers: Mapping[str, Any], data: Any = None, *, keying: bool = False) -> None:
        self.keying = keying  # from paper: nothing is required, everything is shown
        self.questions = list(page.questions) if keying else rules.visible_questions(page, answers)
        self.base_fields = dict(self._fields())
        super().__init__(data, initial=dict(_initial(self.questions, answers)))

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        for question in self.questions:
            required = question.required and not self.keying
            if question.type == "matrix":
                for row in question.rows:
                    yield f"{question.key}{BETWEEN}{row.key}", _single(question, row.label, required=required)
            else:
                yield question.key, _field(question, required=required)

    def answers(self) -> dict[str, Any]:
        """The valid answers by question key; None takes an answer back."""
        found: dict[str, Any] = {}
        for question in self.questions:
            if question.type == "matrix":
                rows = {row.key: self.cleaned_data.get(f"{question.key}{BETWEEN}{row.key}") for row in question.rows}
                found[question.key] = {key: value for key, value in rows.items() if value} or None
            else:
                found[question.key] = self.cleaned_data.get(question.key) or None
        return found

    def blocks(self) -> Iterator[tuple[Question, list[Any]]]:
        """For the template: each question with its fields, one a row for a matrix."""
        for question in self.questions:
            names = (
                [f"{question.key}{BETWEEN}{row.key}" for row in question.rows]
                if question.type == "matrix"
                else [question.key]
            )
            yield question, [self[name] for name in names]


def _field(question: Question, *, required: bool) -> forms.Field:
    hint = question.hint or _how_many(question)
    if question.type == "text":
        widget = forms.Textarea(attrs={"rows": 5})
        most = question.maximum or MOST_CHARACTERS
        return forms.CharField(label=question.label, help_text=hint, required=required, max_length=most, widget=widget)
    if question.type == "multiple":
        return _Several(
            most=question.maximum,
            label=question.label,
            help_text=hint,
            required=required,
            choices=[(option.value, Described(option.label)) for option in question.options],
            widget=forms.CheckboxSelectMultiple,
        )
    return _single(question, question.label, required=required, hint=hint)


def _how_many(question: Question) -> Any:
    if question.type != "multiple":
        return ""
    return _("%(n)sつまで選べます") % {"n": question.maximum} if question.maximum else _("いくつでも選べます")


def _single(question: Question, label: Any, *, required: bool, hint: Any = "") -> forms.ChoiceField:
    choices = [(option.value, Described(option.label)) for option in question.options]
    if not required:
        choices.append(("", Described(_("答えない"))))
    return forms.ChoiceField(label=label, help_text=hint, required=required, choices=choices, widget=forms.RadioSelect)


class _Several(forms.MultipleChoiceField):
    """Several answers, up to a number."""

    def __init__(self, *, most: int | None, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if self.most and len(value) > self.most:
            raise ValidationError(_("%(most)sつまで選べます。いまは%(n)sつです") % {"most": self.most, "n": len(value)})


def _initial(questions: list[Question], answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for question in questions:
        given = answers.get(question.key)
        if question.type == "matrix":
            for key, value in (given or {}).items():
                yield f"{question.key}{BETWEEN}{key}", value
        elif given:
            yield question.key, given
