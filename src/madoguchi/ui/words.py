"""Text in the three registers a resident can choose: standard Japanese, やさしい日本語, English."""

from typing import Literal

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict

from madoguchi.lib.wareki import Era

Register = Literal["ja", "ja-easy", "en"]

ERAS: dict[Register, dict[str, str]] = {
    "ja-easy": {"明治": "めいじ", "大正": "たいしょう", "昭和": "しょうわ", "平成": "へいせい", "令和": "れいわ"},
    "en": {"明治": "Meiji", "大正": "Taisho", "昭和": "Showa", "平成": "Heisei", "令和": "Reiwa"},
}


def active_register() -> Register:
    """The register of the page that is being written; standard Japanese where none is chosen."""
    active = (get_language() or "ja").lower()
    if active.startswith("en"):
        return "en"
    return "ja-easy" if active == "ja-easy" else "ja"


def era_name(era: Era) -> str:
    """令和, in やさしい日本語 with its reading, on English pages Reiwa."""
    match active_register():
        case "en":
            return ERAS["en"][era.name]
        case "ja-easy":
            return f"{era.name}({ERAS['ja-easy'][era.name]})"
        case _:
            return era.name


class LocalText(BaseModel):
    """One text in up to three registers; a missing one falls back to standard Japanese."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ja: str
    easy: str = ""
    en: str = ""

    def __str__(self) -> str:
        return {"ja": self.ja, "ja-easy": self.easy, "en": self.en}[active_register()] or self.ja

    def __bool__(self) -> bool:
        return bool(self.ja)

    @property
    def lang(self) -> Literal["ja", "en"]:
        """The language `str()` really uses now, as an HTML `lang` value."""
        return "en" if active_register() == "en" and self.en else "ja"
