"""What principals, agents and staff type about mandates."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.kernel.files.public import upload_input
from madoguchi.kernel.mandates import queries, rules
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.lib import clock
from madoguchi.ui.forms import Described, FaceForm, WarekiDateField
from madoguchi.ui.templatetags.face import wareki


class _ScopeForm(FaceForm):
    """A form that asks which procedures."""

    scope = forms.MultipleChoiceField(label=_("代理で行う手続"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (key, Described(name)) for key, name in queries.scopes().items()
        ]


class OfferForm(_ScopeForm):
    """What, and until when."""

    days = forms.TypedChoiceField(label=_("期間"), coerce=int, widget=forms.RadioSelect, initial=rules.PERIODS_DAYS[0])
    sure = forms.BooleanField(
        label=_(
            "代理する人が、選んだ手続のためにわたしの氏名・住所・生年月日を見て、申請・訂正・取下げをすることを認めます"
        )
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (
                days,
                Described(_("%(days)d日間") % {"days": days}, _("%(day)sまで") % {"day": wareki(_after(days))}),
            )
            for days in rules.PERIODS_DAYS
        ]

    @property
    def last_day(self) -> date:
        return _after(self.cleaned_data["days"])


def _after(days: int) -> date:
    return clock.today() + timedelta(days=days)


class CodeForm(FaceForm):
    """The code an agent was given."""

    code = forms.CharField(
        label=_("委任のコード"),
        max_length=60,
        help_text=_("委任する人から受け取った、4文字ずつ区切られたコードです。大文字と小文字は区別しません。"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "class": "in--12"}),
    )


class ClaimForm(_ScopeForm):
    """Whom an agent acts for, on what ground, and the paper that shows it."""

    basis = forms.ChoiceField(label=_("どの立場で代理しますか"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("本人の氏名"), max_length=100)
    address = forms.CharField(label=_("本人の住所"), max_length=200)
    birthdate = WarekiDateField(label=_("本人の生年月日"))
    evidence = forms.FileField(
        label=_("代理権がわかる書類"),
        help_text=_("写真（JPEG・PNG・HEIC）かPDF。マイナンバーが写らないようにしてください。"),
        widget=upload_input(),
    )
    field_order = ("basis", "name", "address", "birthdate", "evidence", "scope")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birthdate"].not_after = clock.today()  # type: ignore[attr-defined]
        hints = {
            Mandate.Basis.PARENT: _("戸籍全部事項証明書（3か月以内のもの）"),
            Mandate.Basis.GUARDIAN: _("登記事項証明書（後見登記。3か月以内のもの）"),
            Mandate.Basis.ENTRUSTED: _("本人が書いた委任状と、本人の確認書類の写し"),
        }
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            (basis.value, Described(basis.label, hint)) for basis, hint in hints.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        today, birthdate = clock.today(), cleaned.get("birthdate")
        bounds = queries.bounds(today)
        of_age = birthdate and bounds and rules.last_day_of_minority(birthdate, bounds) < today
        if cleaned.get("basis") == Mandate.Basis.PARENT and of_age:
            self.add_error("basis", _("成年の方に、親権者として代理することはできません。本人から委任を受けてください"))
        return cleaned

    def claimed(self) -> dict[str, str]:
        return {
            "name": self.cleaned_data["name"],
            "address": self.cleaned_data["address"],
            "birthdate": self.cleaned_data["birthdate"].isoformat(),
        }


class GrantForm(FaceForm):
    """Until when a claim is granted."""

    valid_until = WarekiDateField(label="いつまで認めますか")


class RevocationForm(FaceForm):
    """Why what was granted holds no more."""

    reason = forms.CharField(
        label="終わらせる理由（記録に残ります）", max_length=1000, widget=forms.Textarea({"rows": 4})
    )


class RefusalForm(FaceForm):
    """Why not."""

    reason = forms.CharField(
        label="認めない理由（届け出た人に伝わります）", max_length=1000, widget=forms.Textarea({"rows": 4})
    )
