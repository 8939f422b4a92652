"""A page of a procedure as one Django form. Rows become fields named `children-0-name`."""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.kernel.files.public import upload_input
from madoguchi.lib import kana, personal_number
from madoguchi.lib.numbers import is_whole
from madoguchi.services.procedures import rules
from madoguchi.services.procedures.pack import Page, Question
from madoguchi.ui.forms import Described, FaceForm, WarekiDateField, WarekiDateWidget

DEFAULT_MAX_CHARACTERS = 200
LONG_TEXT_MAX_CHARACTERS = 2000
DEFAULT_MAX_ROWS = 20
DEFAULT_MAX_FILES = 1
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class _Text(forms.CharField):
    """Text without control characters; what people typed is otherwise kept as it is."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(_CONTROL.sub("", value) if isinstance(value, str) else value))


class _Kana(_Text):
    """フリガナ: hiragana and half-width become full-width katakana."""

    def clean(self, value: Any) -> str:
        text = kana.katakana(super().clean(value))
        if text and not kana.is_katakana_name(text):
            raise ValidationError(_("フリガナはカタカナで入力してください。例：マドグチ　ハナコ"))
        return text


class _Digits(_Text):
    """Digits kept as text, leading zeros included."""

    def __init__(self, *, least: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def clean(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", super().clean(value)).replace(" ", "")
        if text and not (text.isascii() and text.isdigit() and self.least <= len(text) <= self.most):
            raise ValidationError(
                _("%(least)dけたから%(most)dけたの数字で入力してください") % {"least": self.least, "most": self.most}
            )
        return text


class _Phone(_Text):
    """A Japanese telephone number: ten or eleven digits, hyphens as typed."""

    def clean(self, value: Any) -> str:
        text = re.sub(r"[‐‑–—―−ー－]", "-", unicodedata.normalize("NFKC", super().clean(value)))
        digits = re.sub(r"[\s()-]", "", text)
        if text and not (digits.isascii() and digits.isdigit() and digits.startswith("0") and 10 <= len(digits) <= 11):
            raise ValidationError(_("電話番号は、市外局番から10けたか11けたの数字で入力してください"))
        return text


class _PersonalNumber(_Text):
    """個人番号, in whatever signs it is typed."""

    def clean(self, value: Any) -> str:
        digits = personal_number.digits_of(super().clean(value))
        if digits and not personal_number.is_valid(digits):
            raise ValidationError(
                _(
                    "個人番号（マイナンバー）は12けたの数字です。マイナンバーカードのうら面を見て、もう一度入力してください"
                )
            )
        return digits


class _NeverShown(forms.TextInput):
    """A box that starts empty, also after a mistake: what was typed is not sent back."""

    def format_value(self, value: Any) -> None:  # noqa: ARG002
        return None


def _text(question: Question, **common: Any) -> forms.Field:
    return _Text(max_length=question.maximum or DEFAULT_MAX_CHARACTERS, widget=_input(question), **common)


def _textarea(question: Question, **common: Any) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 5})
    return _Text(max_length=question.maximum or LONG_TEXT_MAX_CHARACTERS, widget=widget, **common)


def _kana(question: Question, **common: Any) -> forms.Field:
    return _Kana(max_length=question.maximum or DEFAULT_MAX_CHARACTERS, widget=_input(question), **common)


def _phone(question: Question, **common: Any) -> forms.Field:
    return _Phone(max_length=20, widget=_input(question, kind="tel", width="in--12"), **common)


def _email(question: Question, **common: Any) -> forms.Field:
    return forms.EmailField(max_length=254, widget=_input(question, kind="email"), **common)


def _digits(question: Question, **common: Any) -> forms.Field:
    least, most = question.minimum or 1, question.maximum or 20
    widget = _input(question, width="in--12", inputmode="numeric")
    return _Digits(least=least, most=most, max_length=most + 10, widget=widget, **common)


def _personal_number(question: Question, **common: Any) -> forms.Field:
    attributes = _input(question, width="in--12", inputmode="numeric").attrs
    return _PersonalNumber(max_length=24, widget=_NeverShown({**attributes, "type": "text"}), **common)


def _number(question: Question, **common: Any) -> forms.Field:
    widget = _input(question, width="in--4", inputmode="numeric")
    return forms.IntegerField(
        min_value=question.minimum, max_value=question.maximum, widget=widget, localize=False, **common
    )


def _choice(question: Question, **common: Any) -> forms.Field:
    return forms.ChoiceField(choices=_choices(question), widget=forms.RadioSelect, **common)


def _several(question: Question, **common: Any) -> forms.Field:
    return forms.MultipleChoiceField(choices=_choices(question), widget=forms.CheckboxSelectMultiple, **common)


def _file(question: Question, **common: Any) -> forms.Field:  # noqa: ARG001 - same shape as its siblings
    return AttachedField(widget=upload_input(), **common)


class AttachedField(forms.FileField):
    """Files that were attached before count, too: whether one is missing, the page decides."""

    def validate(self, value: Any) -> None: ...


def _choices(question: Question) -> list[tuple[str, Described]]:
    return [(option.value, Described(option.label, option.hint or "")) for option in question.options]


def _input(question: Question, *, kind: str = "text", width: str = "", **attributes: str) -> forms.TextInput:
    given = {"type": kind, "class": width, "autocomplete": question.autocomplete or "off", **attributes}
    return forms.TextInput(attrs={name: value for name, value in given.items() if value})


BUILDERS: dict[str, Callable[..., forms.Field]] = {
    "text": _text,
    "textarea": _textarea,
    "kana": _kana,
    "phone": _phone,
    "email": _email,
    "number": _number,
    "digits": _digits,
    "choice": _choice,
    "choices": _several,
    "file": _file,
    "personal_number": _personal_number,
}


def field_for(question: Question, *, today: date) -> forms.Field:
    """The form field that asks a question."""
    common: dict[str, Any] = {"label": question.label, "required": question.required}
    if question.hint:
        common["help_text"] = question.hint
    if question.type == "date":
        widget = WarekiDateWidget(birthday=question.prefill == "birthdate")
        return WarekiDateField(not_after=today if question.past_only else None, widget=widget, **common)
    return BUILDERS[question.type](question, **common)


class PageForm(FaceForm):
    """One page: its visible questions, its rows, and the sentences for what is missing.

    `answers` are those saved so far, `data` what was posted, `typed` raw values to show again unchecked.
    """

    def __init__(
        self,
        page: Page,
        answers: Mapping[str, Any],
        *,
        today: date,
        data: Any = None,
        files: Any = None,
        typed: dict[str, Any] | None = None,
    ) -> None:
        self.page = page
        self.today = today
        self.row_ids = {
            question.key: _row_ids(question, answers, data, typed) for question in page.questions if question.fields
        }
        visible = rules.visible_questions(page, {**answers, **_picked(page, data if data is not None else typed)})
        self.visible = visible
        self.base_fields = dict(self._build(visible))
        for question in visible:
            if question.type == "personal_number" and answers.get(question.key):
                self.base_fields[question.key].help_text = _("入力済みです。変えるときだけ、もう一度入力してください。")
        super().__init__(data, files, initial=typed if typed is not None else dict(self._saved(answers)))

    def _build(self, visible: list[Question]) -> Iterator[tuple[str, forms.Field]]:
        for question in visible:
            if not question.fields:
                yield question.key, field_for(question, today=self.today)
            for index in range(len(self.row_ids.get(question.key, ()))):
                for inner in question.fields:
                    yield f"{question.key}-{index}-{inner.key}", field_for(inner, today=self.today)

    def _saved(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for question in self.visible:
            for index, row in enumerate(answers.get(question.key) or [] if question.fields else []):
                for inner in question.fields:
                    yield f"{question.key}-{index}-{inner.key}", _from_answer(inner, row.get(inner.key))
            if not question.fields and question.type != "file":
                yield question.key, _from_answer(question, answers.get(question.key))

    def page_question(self, key: str) -> Question:
        return next(question for question in self.page.questions if question.key == key)

    def newly_asked(self) -> list[Question]:
        """Questions that appear only now, because of what was just answered."""
        asked = set(self.data.get("asked", "").split())
        return [question for question in self.visible if question.key not in asked]

    @property
    def asked(self) -> str:
        return " ".join(question.key for question in self.visible)

    def typed(self) -> dict[str, Any]:
        """The raw values in the boxes, row ids included, to be shown again."""
        raw = {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }
        return {**raw, **{f"{key}-ids": ids for key, ids in self.row_ids.items()}}

    def answers(self) -> dict[str, Any]:
        """What was given and is valid, as JSON values by question key; files are kept elsewhere."""
        self.is_valid()
        given: dict[str, Any] = {}
        for question in self.visible:
            if question.fields:
                given[question.key] = [
                    {"id": row_id, **self._row(question, index)}
                    for index, row_id in enumerate(self.row_ids[question.key])
                ]
            elif question.type != "file" and question.key in self.cleaned_data:
                given[question.key] = _to_answer(self.cleaned_data[question.key])
        return given

    def _row(self, question: Question, index: int) -> dict[str, Any]:
        names = {inner.key: f"{question.key}-{index}-{inner.key}" for inner in question.fields}
        return {key: _to_answer(self.cleaned_data[name]) for key, name in names.items() if name in self.cleaned_data}

    def blocks(self) -> Iterator[tuple[Question, list[BoundField], list[tuple[str, list[BoundField]]], str]]:
        """For the template: each question with its field, or with its rows (title, fields) and their ids."""
        for question in self.visible:
            if not question.fields:
                yield question, [self[question.key]], [], ""
                continue
            name = question.row_name or question.label
            rows = [
                (f"{name} {index + 1}", [self[f"{question.key}-{index}-{inner.key}"] for inner in question.fields])
                for index in range(len(self.row_ids[question.key]))
            ]
            yield question, [], rows, " ".join(self.row_ids[question.key])


def with_row_added(form: PageForm, key: str) -> dict[str, Any]:
    """The typed values with one empty row more, up to the most the question allows."""
    typed = form.typed()
    most = form.page_question(key).maximum or DEFAULT_MAX_ROWS
    if len(typed[f"{key}-ids"]) < most:
        typed[f"{key}-ids"] = [*typed[f"{key}-ids"], _new_row_id()]
    return typed


def with_row_removed(form: PageForm, key: str, gone: int) -> dict[str, Any]:
    """The typed values without one row; the rows behind it move up."""
    typed = form.typed()
    kept = [index for index in range(len(typed[f"{key}-ids"])) if index != gone]
    moved = {name: value for name, value in typed.items() if not name.startswith(f"{key}-")}
    for new, old in enumerate(kept):
        for inner in form.page_question(key).fields:
            moved[f"{key}-{new}-{inner.key}"] = typed.get(f"{key}-{old}-{inner.key}")
    moved[f"{key}-ids"] = [typed[f"{key}-ids"][index] for index in kept]
    return moved


def _row_ids(question: Question, answers: Mapping[str, Any], data: Any, typed: dict[str, Any] | None) -> list[str]:
    if typed is not None:
        ids = list(typed.get(f"{question.key}-ids", []))
    elif data is not None:
        ids = data.get(f"{question.key}-ids", "").split()[: question.maximum or DEFAULT_MAX_ROWS]
    else:
        ids = [row["id"] for row in answers.get(question.key) or []]
    return ids or ([_new_row_id()] if question.required else [])


def _new_row_id() -> str:
    return secrets.token_hex(4)


def _picked(page: Page, posted: Any) -> dict[str, Any]:
    """The plain answers in a post that other questions of the page may depend on."""
    if posted is None:
        return {}
    picked: dict[str, Any] = {}
    for question in page.questions:
        if question.type == "choices":
            values = posted.getlist(question.key) if hasattr(posted, "getlist") else posted.get(question.key)
            picked[question.key] = list(values or [])
        elif question.type in {"choice", "text"} and posted.get(question.key) is not None:
            picked[question.key] = posted[question.key]
        elif question.type == "number" and is_whole(str(posted.get(question.key, ""))):
            picked[question.key] = int(posted[question.key])
    return picked


def _to_answer(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _from_answer(question: Question, value: Any) -> Any:
    return date.fromisoformat(value) if question.type == "date" and value else value


class SubmitForm(FaceForm):
    """The last tick before a case is handed in."""

    confirmed = forms.BooleanField(label=gettext_lazy("内容にまちがいがないことを確かめました"))
