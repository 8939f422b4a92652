"""Forms of the records page; staff pages speak Japanese."""

from django import forms
from django.utils.module_loading import import_string

from madoguchi.kernel.retention.rules import rules
from madoguchi.ui.forms import FaceForm


class HoldForm(FaceForm):
    """Which record, by the number people know it by, and why."""

    number = forms.CharField(label="受付番号", max_length=40)
    reason = forms.CharField(label="止める理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_number(self) -> str:
        for rule in rules().values():
            if rule.find and (subject := import_string(rule.find)(self.cleaned_data["number"])):
                return str(subject)
        raise forms.ValidationError("その番号の記録は見つかりません。受付番号を確かめてください。例：R8-000123-7")


class LiftForm(FaceForm):
    reason = forms.CharField(label="停止を解く理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
