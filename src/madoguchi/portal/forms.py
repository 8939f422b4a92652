"""Where notices go; what a word that nobody finds means."""

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.ui.forms import FaceForm


class EmailForm(FaceForm):
    email = forms.EmailField(
        label=_("メールアドレス"),
        help_text=_("手続の受付や結果をお知らせします。例：hanako@example.jp"),
        max_length=254,
        error_messages={
            "required": _("メールアドレスを入力してください"),
            "invalid": _("メールアドレスの形になっていません。@のあとまで入力してください"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SynonymForm(FaceForm):
    other = forms.CharField(
        label="同じ意味で、見つかることば",
        help_text="例：はんこ → 印鑑",
        max_length=40,
        error_messages={"required": "ことばを入力してください"},
    )
