"""What an auditor looks for."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from madoguchi.kernel.audit.models import Line
from madoguchi.kernel.audit.verbs import verb_names
from madoguchi.lib.clock import TOKYO
from madoguchi.ui.forms import FaceForm


class TrailFilter(FaceForm):
    """Target and actor as the trail names them (`procedures.case:12`), the act, and days in the city."""

    target = forms.CharField(label="対象", required=False, max_length=80)
    actor = forms.CharField(label="した人", required=False, max_length=60)
    verb = forms.ChoiceField(label="したこと", required=False)
    since = forms.DateField(label="この日から", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="この日まで", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        names = sorted(verb_names().items(), key=lambda pair: pair[1])
        self.fields["verb"].choices = [("", "すべて"), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "「この日まで」は「この日から」より後の日にしてください")
        return cleaned

    def lines(self) -> QuerySet[Line]:
        """Newest first; nothing while the filter is wrong."""
        if not self.is_valid():
            return Line.objects.none()
        wanted, lines = self.cleaned_data, Line.objects.order_by("-number")
        for name in ("target", "actor", "verb"):
            if value := wanted[name].strip():
                lines = lines.filter(**{name: value})
        if wanted["since"]:
            lines = lines.filter(at__gte=_midnight(wanted["since"]))
        if wanted["until"]:
            lines = lines.filter(at__lt=_midnight(wanted["until"] + timedelta(days=1)))
        return lines


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TOKYO)
