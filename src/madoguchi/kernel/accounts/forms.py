"""Forms of the doors; staff pages speak Japanese."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from madoguchi.kernel.accounts import rules
from madoguchi.kernel.accounts.errors import TooManyTries
from madoguchi.kernel.accounts.limits import forget_tries, take_try
from madoguchi.kernel.accounts.models import Person
from madoguchi.lib import clock
from madoguchi.ui.forms import FaceForm


class LanguageForm(FaceForm):
    """In which register a resident reads and is written to; each is named in itself."""

    language = forms.ChoiceField(
        label=_("画面とお知らせのことば"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("ことばを選んでください")},
    )


class StaffSignInForm(FaceForm):
    """The first factor."""

    username = forms.CharField(
        label="職員番号", max_length=40, widget=forms.TextInput({"autocomplete": "username webauthn"})
    )
    password = forms.CharField(
        label="パスワード",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    shared = forms.BooleanField(
        label="ほかの職員も使う端末です",
        required=False,
        help_text="10分操作がないとサインアウトし、画面を閉じると記録も残りません。",
    )


class CodeForm(FaceForm):
    """The second factor by hand."""

    code = forms.CharField(
        label="認証アプリの6けたのコード",
        max_length=40,
        help_text="端末をなくしたときは、回復コードを入力します。",
        widget=forms.TextInput({"autocomplete": "one-time-code", "class": "in--12"}),
    )


class FirstCodeForm(FaceForm):
    """The first code of an app that is being registered."""

    code = forms.CharField(
        label="アプリに出ている6けたのコード",
        max_length=10,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "in--12"}),
    )


class PasskeyForm(FaceForm):
    """What the browser answered; filled in by passkey.js."""

    passkey = forms.CharField(max_length=20_000)
    name = forms.CharField(max_length=40, required=False)


class PasswordForm(FaceForm):
    """A new password; the validators of the settings judge it."""

    old = forms.CharField(
        label="いまのパスワード", strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label="新しいパスワード",
        max_length=200,
        strip=False,
        help_text="12文字以上。長い文章でもかまいません。",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_old(self) -> str:
        old = str(self.cleaned_data["old"])
        try:
            take_try(rules.PASSWORD, str(self.person.username), now=clock.now())
        except TooManyTries as error:
            raise forms.ValidationError(str(error)) from error
        if not self.person.check_password(old):
            raise forms.ValidationError("いまのパスワードが合いません。もう一度入力してください")
        forget_tries(rules.PASSWORD, str(self.person.username))
        return old

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        validate_password(new, self.person)
        return new
