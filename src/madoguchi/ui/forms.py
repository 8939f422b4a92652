"""Django forms in our face: the renderer, the bound field, the base form with its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from madoguchi.ui.boxes import AddressField, BoxesWidget, PersonNameField
from madoguchi.ui.characters import UNUSABLE_CHARACTERS, usable
from madoguchi.ui.dates import WarekiDateField, WarekiDateWidget

__all__ = [
    "AddressField",
    "Described",
    "FaceBoundField",
    "FaceForm",
    "FaceRenderer",
    "PersonNameField",
    "UploadInput",
    "WarekiDateField",
    "WarekiDateWidget",
]

WIDGET_TEMPLATES = {
    "django/forms/widgets/radio.html": "ui/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/choices.html",
}
BARE_WIDGETS = (forms.CheckboxInput, forms.RadioSelect, WarekiDateWidget, BoxesWidget)  # not one box with a border


@dataclass(frozen=True)
class Described:
    """The label of a choice with a line below it that helps to choose."""

    label: Any
    hint: Any = ""

    def __str__(self) -> str:
        return str(self.label)


class UploadInput(forms.FileInput):
    """A file, with its progress where there is script; `most_mb` (megabytes) is checked before anything is sent.

    The server decides in any case: give the field a validator, too.
    """

    template_name = "ui/forms/upload.html"

    def __init__(self, *, most_mb: int, accept: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-upload": most_mb, **({"accept": accept} if accept else {}), **(attrs or {})})


class FaceBoundField(BoundField):
    """A field that knows its look and where an error link leads."""

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not widget.is_hidden and not isinstance(widget, BARE_WIDGETS):
            built["class"] = f"in {widget.attrs.get('class', '')}".strip()
        return built

    @property
    def first_control(self) -> str:
        """The id of the first control, for links of the error summary."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def is_tick(self) -> bool:
        """Whether the label stands beside a single box."""
        return isinstance(self.field.widget, forms.CheckboxInput)


class FaceRenderer(TemplatesSetting):
    """Renders every form of the project with our components."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = FaceBoundField

    def get_template(self, template_name: str) -> Any:
        return get_template(WIDGET_TEMPLATES.get(template_name, template_name))


SENTENCES = {
    "max_length": _("%(limit_value)d文字までで書いてください。いまは%(show_value)d文字です"),
    "min_length": _("%(limit_value)d文字以上で書いてください。いまは%(show_value)d文字です"),
    "max_value": _("%(limit_value)s以下の数を入力してください"),
    "min_value": _("%(limit_value)s以上の数を入力してください"),
    "invalid_choice": _("一覧の中から選んでください"),
    "null_characters_not_allowed": UNUSABLE_CHARACTERS,
}
INVALID = {
    forms.IntegerField: _("数字だけを入力してください。例：12"),
    forms.DecimalField: _("数字だけを入力してください。例：12.5"),
    forms.EmailField: _("メールアドレスの形を確かめてください。例：name@example.jp"),
    forms.URLField: _("アドレスの形を確かめてください。例：https://example.jp/"),
    forms.TimeField: _("時刻を確かめてください。例：10:40"),
}
CHOOSING = (forms.ChoiceField, forms.ModelChoiceField)


class FaceForm(forms.Form):
    """A form whose errors say what is so and what to do; a field's own `error_messages` win."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField):
                field.validators.append(usable)
            label = field.label if field.label is not None else name
            for code, sentence in _sentences(field, label).items():
                if field.error_messages.get(code) == _default(field, code):
                    field.error_messages[code] = sentence


def _sentences(field: forms.Field, label: Any) -> dict[str, Any]:
    sentences = {**SENTENCES, "required": _required(field) % {"label": label}}
    if type(field) in INVALID:
        sentences["invalid"] = INVALID[type(field)]
    return sentences


def _required(field: forms.Field) -> Any:
    if isinstance(field, forms.FileField):
        return _("%(label)sのファイルを選んでください")
    if isinstance(field, forms.BooleanField):
        return _("「%(label)s」を確かめて、しるしを付けてください")
    if isinstance(field, CHOOSING):
        return _("%(label)sを選んでください")
    return _("%(label)sを入力してください")


def _default(field: forms.Field, code: str) -> Any:
    """Django's own message for `code`, None where it has none."""
    for kind in type(field).__mro__:
        messages = getattr(kind, "default_error_messages", {})
        if code in messages:
            return messages[code]
    return None
