"""Where notices go; what a word that nobody finds means; a text to look at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.kernel.notify.public import Reach
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
    channel = forms.ChoiceField(
        label=_("どこで受け取りますか"),
        choices=[
            (Reach.Channel.MAIL, _("メールと、この画面の「お知らせ」")),
            (Reach.Channel.PAGE, _("この画面の「お知らせ」だけ")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("どこで受け取るかを選んでください")},
    )
    courtesy = forms.BooleanField(
        label=_("受付の確認などのメールも受け取る"),
        help_text=_("外しても、決定や補正など、法令でお伝えするものはメールでお送りします。"),
        required=False,
    )


class SynonymForm(FaceForm):
    other = forms.CharField(
        label="同じ意味で、見つかることば",
        help_text="例：はんこ → 印鑑",
        max_length=40,
        error_messages={"required": "ことばを入力してください"},
    )


class EasyForm(FaceForm):
    text = forms.CharField(
        label="やさしい日本語の文章",
        help_text="例：電話(でんわ)で 聞(き)いて ください。",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "文章を入力してください"},
    )
