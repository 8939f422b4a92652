"""A dated value as staff type it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from madoguchi.kernel.citydata.schemas import Parameter, Value
from madoguchi.ui.forms import FaceForm, WarekiDateField

TOO_LONG = "9けたまでの数を、小数は6けたまでで入力してください"


class ValueForm(FaceForm):
    """The day, the value in the kind it has had so far, where it stands written, and why it is entered."""

    since = WarekiDateField(label="いつから", help_text="この日から新しい値になります。例：令和9年4月1日")
    source = forms.CharField(
        label="根拠", max_length=200, help_text="条例や要綱の名前と番号。例：手数料条例 別表第1（令和9年条例第1号）"
    )
    confirmed = forms.BooleanField(label="根拠の原文で確かめました", required=False)
    reason = forms.CharField(
        label="改める理由", max_length=400, widget=forms.Textarea(attrs={"rows": 2}), help_text="監査で読まれます。"
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["since", "value", "source", "confirmed", "reason", "seen"]

    def __init__(self, parameter: Parameter, data: Any = None, *, old: Value | None = None, seen: int = 0) -> None:
        initial: dict[str, Any] = {"seen": seen}
        if old is not None:
            initial |= {"since": old.since, "value": old.value, "source": old.source, "confirmed": old.confirmed}
        self.base_fields = {**type(self).base_fields, "value": _value_field(parameter)}  # type: ignore[misc]
        super().__init__(data, initial=initial)

    def dated_value(self) -> Value:
        given = self.cleaned_data
        return Value.model_validate(
            {
                "from": given["since"],
                "value": _plain(given["value"]),
                "source": given["source"],
                "confirmed": given["confirmed"],
            }
        )


def _value_field(parameter: Parameter) -> forms.Field:
    label = f"値（{parameter.unit_name}）"
    if isinstance(parameter.values[-1].value, str):
        return forms.CharField(label=label, max_length=200)
    widget = forms.TextInput(attrs={"class": "in--12", "inputmode": "decimal", "autocomplete": "off"})
    too_long = dict.fromkeys(("max_digits", "max_whole_digits", "max_decimal_places"), TOO_LONG)
    return forms.DecimalField(label=label, max_digits=15, decimal_places=6, widget=widget, error_messages=too_long)


def _plain(value: Decimal | str) -> int | float | str:
    if isinstance(value, str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def first_day(text: str) -> date | None:
    """The day in an address, None where there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
