"""和暦: dates in Japanese eras (JIS X 0301:2019), from 1873-01-01 when Japan took the solar calendar."""

from dataclasses import dataclass
from datetime import date

WEEKDAYS = "月火水木金土日"
FIRST_DAY = date(1873, 1, 1)


@dataclass(frozen=True)
class Era:
    """An era: its name, its letter, its first day, and the Gregorian year before its year 1."""

    name: str
    letter: str
    first: date
    offset: int


ERAS = (
    Era("令和", "R", date(2019, 5, 1), 2018),
    Era("平成", "H", date(1989, 1, 8), 1988),
    Era("昭和", "S", date(1926, 12, 25), 1925),
    Era("大正", "T", date(1912, 7, 30), 1911),
    Era("明治", "M", FIRST_DAY, 1867),
)


class NoSuchDate(ValueError):
    """The day does not exist in any calendar (31 April), or lies before 1873."""


class WrongEra(ValueError):
    """The day exists, but in another era; `right` is how it is written."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.right = f"{year(day)}{day.month}月{day.day}日"
        super().__init__(self.right)


def era_of(day: date) -> Era:
    """Raises: NoSuchDate before 1873."""
    for era in ERAS:
        if day >= era.first:
            return era
    raise NoSuchDate(day.isoformat())


def year(day: date) -> str:
    """令和元年, 令和8年."""
    era = era_of(day)
    number = day.year - era.offset
    return f"{era.name}{'元' if number == 1 else number}年"


def long(day: date) -> str:
    """令和8年11月23日（月）."""
    return f"{year(day)}{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def short(day: date) -> str:
    """R8.11.23, as staff write it."""
    era = era_of(day)
    return f"{era.letter}{day.year - era.offset}.{day.month}.{day.day}"


def parse(era_name: str, year_number: int, month: int, day: int) -> date:
    """The date written as 昭和 64 1 7.

    Raises: NoSuchDate; WrongEra when the day fell into another era (昭和64年3月 is 平成元年3月).
    """
    era = next((era for era in ERAS if era_name in (era.name, era.letter)), None)
    if era is None or year_number < 1:
        raise NoSuchDate(f"{era_name}{year_number}")
    try:
        found = date(era.offset + year_number, month, day)
    except (ValueError, OverflowError) as error:
        raise NoSuchDate(f"{era_name}{year_number}.{month}.{day}") from error
    if era_of(found) is not era:
        raise WrongEra(found)
    return found


def fiscal_year(day: date) -> int:
    """年度: April to March, named after the year it begins in."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_label(first_year: int) -> str:
    """令和2年度, 令和元年度: named by the era of most of its days, as 2019年度 is 令和元年度 throughout.

    Source: 2019-04-02 agreement of the ministries on the change of era. 昭和63年度 and 大正15年度 keep their names.
    """
    return f"{year(_middle_of(first_year))}度"


def fiscal_year_era(first_year: int) -> Era:
    """The era in the label of a fiscal year."""
    return era_of(_middle_of(first_year))


def _middle_of(first_year: int) -> date:
    return date(first_year, 10, 1)
