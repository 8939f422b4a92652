"""Words an attacker of this counter tries first, refused in passwords (ASVS 6.1.2, 6.2.11)."""

import unicodedata

from django.core.exceptions import ValidationError

from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.citydata.public import UnknownRecord, record

WORDS = (
    "madoguchi",
    "mado-guchi",
    "窓口",
    "まどぐち",
    "password",
    "パスワード",
    "admin",
    "demo",
    "shiyakusho",
    "市役所",
)
LONG_ENOUGH = 8  # characters that have to be left when the expected words are taken away


class ExpectedWords:
    """Of a password something has to remain without this program's words, the city's name and the own number."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises: ValidationError."""
        left = _plain(password)
        for word in sorted({_plain(word) for word in (*WORDS, *_city(), *_own(user))}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LONG_ENOUGH:
            raise ValidationError(
                "窓口、市の名前、職員番号のような、見当のつく語ばかりのパスワードは使えません。ほかの語を足してください",
                code="password_expected_words",
            )

    def get_help_text(self) -> str:
        return "市の名前や職員番号だけでできたパスワードは使えません。"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _city() -> list[str]:
    try:
        name = record("city", "city").name
    except UnknownRecord:  # before the first `madoguchi city apply`
        return []
    written = [name.ja, name.ja.rstrip("市区町村"), *name.en.replace(",", " ").split()]
    return [word for word in written if len(word) > 1]


def _own(user: Person | None) -> list[str]:
    return [str(user.username)] if user and len(str(user.username or "")) > 1 else []
