"""The languages of an installation: Japanese in two registers, English, and those the city's pack brings words for."""

from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

OWN = [("ja", "日本語"), ("ja-easy", "やさしい日本語"), ("en", "English")]
ADDABLE = {
    code: info["name_local"] for code, info in LANG_INFO.items() if "name_local" in info and code not in dict(OWN)
}


def languages(pack: Path) -> list[tuple[str, str]]:
    """Code and own name of each; the pack's words stand in `locale/ko/LC_MESSAGES/django.po`."""
    added = sorted(to_language(path.parts[-3]) for path in pack.glob("locale/*/LC_MESSAGES/django.po"))
    return [*OWN, *((code, ADDABLE[code]) for code in added)]
