"""Schemas of the kernel's own collections: the city, its sections, places, closures, dated values and roles."""

from datetime import date
from typing import Literal

from pydantic import Field, field_validator, model_validator

from madoguchi.kernel.citydata.collections import Collection, PackModel, PackRecord, SectionKey
from madoguchi.lib.municipal_code import is_valid as is_municipal_code
from madoguchi.ui.words import LocalText


class City(PackRecord):
    """The city itself (`city.toml`, key `city`)."""

    municipal_code: str  # 全国地方公共団体コード, six digits with check digit
    name: LocalText
    prefecture: LocalText
    mayor_title: str
    office_address: str = ""
    phone: str = ""
    office_hours: LocalText = LocalText(ja="")
    languages: tuple[str, ...] = ("ja", "ja-easy", "en")

    @field_validator("municipal_code")
    @classmethod
    def _check_digit(cls, value: str) -> str:
        if not is_municipal_code(value):
            raise ValueError("the check digit of this municipal code is wrong")
        return value


class Section(PackRecord):
    """主管課: a section of the city office, with the time it exists."""

    name_ja: str
    name_easy: str = ""
    name_en: str = ""
    department: str = ""
    phone: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def name(self) -> LocalText:
        return LocalText(ja=self.name_ja, easy=self.name_easy, en=self.name_en)


class Facility(PackRecord):
    """A public place. Longitude and latitude in EPSG:4326, empty when unknown."""

    name_ja: str
    name_easy: str = ""
    name_en: str = ""
    kind: str
    section: SectionKey
    lat: float | None = Field(default=None, ge=20, le=46)
    lon: float | None = Field(default=None, ge=122, le=154)

    @property
    def name(self) -> LocalText:
        return LocalText(ja=self.name_ja, easy=self.name_easy, en=self.name_en)


class Town(PackRecord):
    """町: how many 丁目 it has, and whether houses are numbered by blocks (住居表示) or by lots (地番)."""

    name: str
    chome: int = Field(ge=0, le=99)
    numbered_by: Literal["block", "lot"]


class Closure(PackRecord):
    """閉庁日: a day the office is closed beyond weekends and national holidays; the key is the date."""

    name: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.key)

    @field_validator("key")
    @classmethod
    def _is_date(cls, value: str) -> str:
        date.fromisoformat(value)
        return value


class Value(PackModel):
    """What a parameter is from a day on, and who says so."""

    since: date = Field(alias="from")
    value: int | float | str
    source: str
    confirmed: bool = True


UNIT_NAMES = {
    "JPY": "円",
    "JPY/copy": "円／通",
    "characters": "文字",
    "days": "日",
    "people": "人",
    "time of day": "時刻",
    "years": "年",
}


class Parameter(PackRecord):
    """A fact that changes over time: a fee, a period, a threshold. `values` in order of date."""

    source: str = ""
    label: LocalText
    unit: str  # as data has it; `unit_name` is for people
    values: tuple[Value, ...] = Field(min_length=1)

    @field_validator("values")
    @classmethod
    def _in_order(cls, values: tuple[Value, ...]) -> tuple[Value, ...]:
        days = [value.since for value in values]
        if days != sorted(set(days)):
            raise ValueError("the dates must rise from one value to the next")
        return values

    def on(self, day: date) -> Value:
        """The value in force that day. Raises: LookupError before the first."""
        for value in reversed(self.values):
            if value.since <= day:
                return value
        raise LookupError(f"{self.key} has no value before {self.values[0].since}")

    @property
    def unit_name(self) -> str:
        """The unit in the words staff read; one that is not known here as it stands."""
        return UNIT_NAMES.get(self.unit, self.unit)


class Role(PackRecord):
    """職務: what the holder of a post may do, in the sections of the post or (`everywhere`) in all.

    A role with `emergency_minutes` is no post's: a member of staff takes it upon themselves for so long, to look only.
    """

    name: LocalText
    permissions: tuple[str, ...]
    everywhere: bool = False
    emergency_minutes: int | None = Field(default=None, ge=5, le=24 * 60)

    @model_validator(mode="after")
    def _emergencies_only_look(self) -> "Role":
        wrong = [name for name in self.permissions if not name.endswith(".view")]
        if self.emergency_minutes and (wrong or self.everywhere):
            raise ValueError(f"a role for emergencies looks, in one section: {', '.join(wrong) or 'everywhere'}")
        return self


class LifeEvent(PackRecord):
    """くらしのできごと: how people look for procedures."""

    name: LocalText
    hint: LocalText
    icon: str


class Topic(PackRecord):
    """分野: what a procedure is about, for those who look by subject."""

    name: LocalText


class Term(PackRecord):
    """用語: a word of the office that not everyone knows, and what it means."""

    name: LocalText
    kana: str
    meaning: LocalText


COLLECTIONS = (
    Collection("city", "city.toml", City),
    Collection("section", "sections.csv", Section),
    Collection("facility", "facilities.csv", Facility),
    Collection("town", "towns.csv", Town),
    Collection("closure", "holidays.csv", Closure),
    Collection("parameter", "parameters.yaml", Parameter, many="parameters"),
    Collection("life_event", "life_events.yaml", LifeEvent, many="life_events"),
    Collection("topic", "topics.yaml", Topic, many="topics"),
    Collection("term", "glossary.yaml", Term, many="terms"),
    Collection("role", "roles.yaml", Role, many="roles"),
)
