"""The table of costs out to a spreadsheet and back: every cell checked, differences shown before anything is taken."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from madoguchi.lib.numbers import is_whole
from madoguchi.services.plan import queries, sheets
from madoguchi.services.plan.models import CostLine
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import costs
from madoguchi.services.plan.sheets import Refused

# Column in the file → field. The name of the measure goes out and is not read back.
COLUMNS = {
    "施策番号": "measure_key",
    "年度": "fiscal_year",
    "区分": "kind",
    "財源": "fund",
    "見込み（千円）": "thousand_yen",
    "いままでの額（千円）": "present_thousand_yen",
    "実績（千円）": "actual_thousand_yen",
    "実績の出典": "actual_source",
}
FIRST_YEAR, LAST_YEAR = 1989, 2100
MOST_CHARACTERS = 200
_NAMES = {name: column for column, name in COLUMNS.items()}
_KINDS = {choice.label: choice.value for choice in CostLine.Kind}
_FUNDS = {choice.label: choice.value for choice in CostLine.Fund}


def rows() -> Iterator[dict[str, Any]]:
    """Every line as it goes out. What is not known is empty."""
    measures = {found.key: found for found in queries.measures()}
    for line in costs.lines():
        if measure := measures.get(line.measure_key):
            yield {
                "施策番号": measure.number,
                "施策名": measure.name.ja,
                **{column: shown(line, name) for column, name in COLUMNS.items() if name != "measure_key"},
            }


@dataclass(frozen=True)
class Difference:
    """One field of a line that the file changes; `before` is empty for a new line."""

    measure: Measure
    line: CostLine
    column: str
    before: str
    after: str


@dataclass
class Reading:
    """What a file says. Nothing is taken while anything is refused."""

    changed: list[CostLine] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    absent: int = 0  # lines of these measures that are not in the file; they stay


def read(content: bytes, *, present: Sequence[CostLine], measures: Mapping[int, Measure]) -> Reading:
    """Compare a CSV with the `present` lines. `measures` are those the reader may write, by number."""
    reading = Reading()
    standing = {costs.key_of(line): line for line in present}
    seen: set[tuple[str, int, str, str]] = set()
    for number, row in sheets.rows(content, COLUMNS, reading.refused):
        line = _line(number, row, measures, reading)
        if line is None:
            continue
        key = costs.key_of(line)
        if key in seen:
            why = "同じ施策、年度、区分、財源の行が2つあります。1行にまとめてください。"
            reading.refused.append(Refused(number, "施策番号", why))
            continue
        seen.add(key)
        if changes := _differences(standing.get(key), line, measures[int(_plain(row["施策番号"]))]):
            reading.changed.append(line)
            reading.differences += changes
    mine = {measure.key for measure in measures.values()}
    reading.absent = sum(line.measure_key in mine for key, line in standing.items() if key not in seen)
    return reading


def _plain(text: str) -> str:
    """A number as people type it: ２，０２０ and 2,020 are 2020."""
    return unicodedata.normalize("NFKC", text).replace(",", "").strip()


def _line(number: int, row: Mapping[str, str], measures: Mapping[int, Measure], reading: Reading) -> CostLine | None:
    """The line of a row, or None when one of its cells is refused."""
    before = len(reading.refused)
    values: dict[str, Any] = {"actual_source": row[_NAMES["actual_source"]]}

    def refuse(name: str, why: str) -> None:
        reading.refused.append(Refused(number, _NAMES[name], why))

    def whole(name: str, empty: int | None = None) -> int | None:
        text = _plain(row[_NAMES[name]])
        if not text and name in ("present_thousand_yen", "actual_thousand_yen"):
            return empty
        if is_whole(text):
            return int(text)
        refuse(name, f"「{row[_NAMES[name]][:30]}」は0以上の整数ではありません。数字だけを書いてください。例：5000")
        return None

    measure = whole("measure_key")
    if measure is not None and measure not in measures:
        refuse("measure_key", f"施策{measure}はないか、あなたの課の施策ではありません。番号を確かめてください。")
    year = values["fiscal_year"] = whole("fiscal_year")
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        refuse("fiscal_year", f"「{year}」は年度ではありません。令和2年度は2020と書いてください。")
    for name, words in (("kind", _KINDS), ("fund", _FUNDS)):
        values[name] = words.get(row[_NAMES[name]], "")
        if not values[name]:
            refuse(name, f"「{row[_NAMES[name]][:30]}」は使えません。{'、'.join(words)}のどれかを書いてください。")
    values["thousand_yen"] = whole("thousand_yen")
    values["present_thousand_yen"] = whole("present_thousand_yen", 0)
    values["actual_thousand_yen"] = whole("actual_thousand_yen")
    if len(reading.refused) > before:
        return None
    line = CostLine(measure_key=measures[measure or 0].key, **values)
    for name, why in problems(line):
        refuse(name, why)
    return line if len(reading.refused) == before else None


def problems(line: CostLine) -> Iterator[tuple[str, str]]:
    """What does not fit together within one line: the field at fault, and what to do. Forms and files ask the same."""
    if line.kind != CostLine.Kind.BUILD and line.present_thousand_yen:
        yield "present_thousand_yen", "差額で数えるのは構築の年度だけです。運用の行では0にしてください。"
    if line.actual_thousand_yen is not None and not line.actual_source:
        yield "actual_source", "実績の出典を書いてください。例：令和4年度決算"
    if line.actual_source and line.actual_thousand_yen is None:
        yield "actual_thousand_yen", "出典だけがあります。実績の額を書くか、出典を消してください。"
    if len(line.actual_source) > MOST_CHARACTERS:
        yield "actual_source", f"{MOST_CHARACTERS}文字までにしてください。いまは{len(line.actual_source)}文字です。"


def _differences(old: CostLine | None, new: CostLine, measure: Measure) -> list[Difference]:
    return [
        Difference(measure, new, _NAMES[name], shown(old, name) if old else "", shown(new, name))
        for name in costs.AMOUNTS
        if old is None or getattr(old, name) != getattr(new, name)
    ]


def shown(line: CostLine, name: str) -> str:
    """A value as it stands in the file."""
    match name:
        case "kind":
            return str(line.get_kind_display())
        case "fund":
            return str(line.get_fund_display())
        case _:
            value = getattr(line, name)
            return "" if value is None else str(value)
