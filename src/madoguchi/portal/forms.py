"""Where notices go; what narrows the inbox; what a word that nobody finds means; a text to look at."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from madoguchi.kernel.notify.public import Reach
from madoguchi.ui.forms import FaceForm

DUE = [("", "すべて"), ("late", "期限を過ぎた"), ("today", "きょうまで"), ("soon", "3日以内"), ("none", "期限なし")]
WHOSE = [("", "みんな"), ("mine", "わたしの担当"), ("free", "担当が決まっていない")]


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


class InboxFilter(FaceForm):
    """What narrows the inbox. What cannot be chosen is not asked for: an old address shows more, never an error."""

    due = forms.ChoiceField(label="期限", choices=DUE, required=False)
    whose = forms.ChoiceField(label="担当", choices=WHOSE, required=False)
    kind = forms.CharField(required=False)
    section = forms.ChoiceField(label="課", required=False)
    text = forms.CharField(label="ことば", required=False, max_length=60)

    def __init__(self, data: QueryDict, sections: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["section"].choices = [("", "すべての課"), *sections]  # type: ignore[attr-defined]
        self.full_clean()
        self.asked = {name: self.cleaned_data.get(name, "") for name in self.fields}
        self.query = urlencode({name: value for name, value in self.asked.items() if value})


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
