"""The staff sign-in form; staff pages speak Japanese."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm


class StaffSignInForm(AuthenticationForm):
    """Refuses residents' records, which have no password anyway."""

    error_messages = {
        "invalid_login": "職員番号とパスワードの組み合わせが登録と合いません。もう一度入力してください。",
        "inactive": "この職員番号は使えません。情報管理課に連絡してください。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "職員番号"
        self.fields["password"].label = "パスワード"
