"""Text in the registers a resident can choose: standard Japanese, やさしい日本語, English, and what the city adds."""

from typing import Self

from django.conf import settings
from django.utils.translation import get_language, get_supported_language_variant
from pydantic import BaseModel, ConfigDict, model_validator

from madoguchi.lib.wareki import Era

ERAS = {
    "ja-easy": {"明治": "めいじ", "大正": "たいしょう", "昭和": "しょうわ", "平成": "へいせい", "令和": "れいわ"},
    "en": {"明治": "Meiji", "大正": "Taisho", "昭和": "Showa", "平成": "Heisei", "令和": "Reiwa"},
}


def active_register() -> str:
    """The register of the page that is being written, a code of LANGUAGES; standard Japanese where none is chosen."""
    try:
        return get_supported_language_variant(get_language() or "ja")
    except LookupError:
        return "ja"


def html_lang(register: str) -> str:
    """The register as an HTML `lang` value; やさしい日本語 is Japanese."""
    return "ja" if register == "ja-easy" else register


def era_name(era: Era) -> str:
    """令和, in やさしい日本語 with its reading, on pages in other languages Reiwa."""
    match active_register():
        case "ja":
            return era.name
        case "ja-easy":
            return f"{era.name}({ERAS['ja-easy'][era.name]})"
        case _:
            return ERAS["en"][era.name]


class LocalText(BaseModel):
    """One text in several registers; a missing one falls back to standard Japanese.

    Languages that the city adds stand beside the three under their codes, as `ko: …`.
    """

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, str]

    ja: str
    easy: str = ""
    en: str = ""

    @model_validator(mode="after")
    def _in_languages_of_the_city(self) -> Self:
        if unknown := self.__pydantic_extra__.keys() - dict(settings.LANGUAGES).keys():
            known = ", ".join(["ja", "easy", *(code for code, _label in settings.LANGUAGES[2:])])
            raise ValueError(f"no language {', '.join(sorted(unknown))!r} here; there are {known}")
        return self

    def __str__(self) -> str:
        return self._in(active_register()) or self.ja

    def _in(self, register: str) -> str:
        own = {"ja": self.ja, "ja-easy": self.easy, "en": self.en}
        return own.get(register) or self.__pydantic_extra__.get(register, "")

    def __bool__(self) -> bool:
        return bool(self.ja)

    @property
    def lang(self) -> str:
        """The language `str()` really uses now, as an HTML `lang` value."""
        return html_lang(active_register()) if self._in(active_register()) else "ja"
