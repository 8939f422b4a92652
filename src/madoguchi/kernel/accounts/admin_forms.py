"""Forms of the administrator: people, posts, reorganisations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from madoguchi.kernel.accounts.models import Person, SectionChange
from madoguchi.kernel.citydata.public import records
from madoguchi.ui.forms import FaceForm, WarekiDateField


def _choices(found: Iterable[Any]) -> list[tuple[str, str]]:
    return [("", "選んでください"), *((one.key, str(one.name.ja)) for one in found)]


class InviteForm(FaceForm):
    """A new member of staff."""

    username = forms.CharField(label="職員番号", max_length=40)
    name = forms.CharField(label="氏名", max_length=60)


class PostForm(FaceForm):
    """A post from a day on."""

    section_key = forms.ChoiceField(label="課")
    role_key = forms.ChoiceField(label="職務")
    valid_from = WarekiDateField(label="始まりの日")
    valid_until = WarekiDateField(label="終わりの日", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section_key"].choices = _choices(records("section"))  # type: ignore[attr-defined]
        held = [role for role in records("role") if not role.emergency_minutes]
        self.fields["role_key"].choices = _choices(held)  # type: ignore[attr-defined]


class EndPostForm(FaceForm):
    """The last day of a post."""

    last_day = WarekiDateField(label="終わりの日")


class AcceptForm(FaceForm):
    """The code handed over, and the password from now on."""

    username = forms.CharField(label="職員番号", max_length=40, widget=forms.TextInput({"autocomplete": "username"}))
    code = forms.CharField(label="招待コード", max_length=40, widget=forms.TextInput({"autocomplete": "off"}))
    password = forms.CharField(
        label="新しいパスワード",
        strip=False,
        max_length=200,
        help_text="12文字以上。長い文章でもかまいません。",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, Person(username=self.cleaned_data.get("username")))
        return password


class PlanForm(FaceForm):
    """When, and under which name, sections change."""

    title = forms.CharField(label="改正の名前", max_length=80, help_text="例：令和9年度 組織改正")
    effective_on = WarekiDateField(label="施行日")


class ChangeForm(FaceForm):
    """What becomes of one section."""

    section_key = forms.ChoiceField(label="課")
    kind = forms.ChoiceField(label="どうなるか", choices=[("", "選んでください"), *SectionChange.Kind.choices])
    into_key = forms.ChoiceField(label="引き継ぐ課（統合・分割・廃止）", required=False)
    new_value = forms.CharField(label="新しい名前・部（名称・部の変更）", max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("section_key", "into_key"):
            self.fields[name].choices = _choices(records("section"))  # type: ignore[attr-defined]


CHANGES_AT_ONCE = 6
ChangeFormSet = forms.formset_factory(ChangeForm, extra=CHANGES_AT_ONCE, max_num=CHANGES_AT_ONCE, min_num=0)
