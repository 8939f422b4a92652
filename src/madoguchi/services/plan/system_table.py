"""The table of systems back from a spreadsheet: every cell checked, differences shown before anything is taken."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from madoguchi.lib.numbers import is_whole
from madoguchi.services.plan import sheets
from madoguchi.services.plan.pack import System
from madoguchi.services.plan.sheets import Refused

# Column in the file → field. Other columns (the computed extension) are not read back.
COLUMNS = {
    "番号": "number",
    "システム名": "name",
    "主管課": "section",
    "現行システム運用終了": "current_end",
    "次期システム検討開始": "study_start",
    "次期システム調達年度": "procurement_fy",
    "次期システム運用開始": "next_start",
    "先に必要なシステム": "needs",
    "注記": "note",
    "出典": "source",
}
MONTHS = ("current_end", "study_start", "next_start")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月|[-/.]\d{1,2})?")
_NAMES = {name: column for column, name in COLUMNS.items()}


@dataclass(frozen=True)
class Difference:
    """One field of a system that the file changes; `before` is empty for a new system."""

    system: System
    column: str
    before: str
    after: str


@dataclass
class Reading:
    """What a file says. Nothing is taken while anything is refused."""

    changed: list[System] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    absent: list[System] = field(default_factory=list)  # stand in the plan and not in the file; they stay


def read(content: bytes, *, present: Sequence[System], sections: Mapping[str, str]) -> Reading:
    """Compare a CSV with the `present` systems. `sections` are keys by name. UTF-8 or what Excel writes (CP932)."""
    reading = Reading()
    rows = sheets.rows(content, (name for name in COLUMNS if name != _NAMES["needs"]), reading.refused)
    by_number = {system.number: system for system in present}
    names = {key: name for name, key in sections.items()}
    seen: set[int] = set()
    for line, row in rows:
        found = _system(line, row, by_number, sections, reading)
        if found is None:
            continue
        if found.number in seen:
            reading.refused.append(Refused(line, "番号", f"{found.number}が2回あります。1行にまとめてください。"))
            continue
        seen.add(found.number)
        changes = _differences(by_number.get(found.number), found, names)
        if changes:
            reading.changed.append(found)
            reading.differences += changes
    reading.absent = [system for system in present if system.number not in seen]
    return reading


def _system(
    line: int,
    row: Mapping[str, str],
    present: Mapping[int, System],
    sections: Mapping[str, str],
    reading: Reading,
) -> System | None:
    """The system of a row, or None when one of its cells is refused."""
    before = len(reading.refused)

    def refuse(name: str, why: str) -> None:
        reading.refused.append(Refused(line, _NAMES[name], why))

    typed = {name: unicodedata.normalize("NFKC", row.get(column, "")) for column, name in COLUMNS.items()}
    values: dict[str, Any] = {"name": row[_NAMES["name"]], "note": row[_NAMES["note"]], "source": row[_NAMES["source"]]}
    for name in ("number", "procurement_fy"):
        if is_whole(typed[name]):
            values[name] = int(typed[name])
        else:
            refuse(name, f"「{typed[name]}」は数字ではありません。数字だけを書いてください。例：2021")
    for name in MONTHS:
        if match := _MONTH.fullmatch(typed[name]):
            values[name] = f"{match[1]}-{int(match[2]):02}"
        else:
            refuse(name, f"「{typed[name]}」は年月として読めません。2021-07のように書いてください。")
    values["section"] = sections.get(row[_NAMES["section"]], "")
    if not values["section"]:
        refuse("section", f"「{row[_NAMES['section']]}」という課はありません。課の名前を確かめてください。")
    known = {str(system.number): system.key for system in present.values()}
    wanted = re.split(r"[\s,、/]+", typed["needs"].strip()) if typed["needs"].strip() else []
    if unknown := [number for number in wanted if number not in known]:
        refuse("needs", f"番号{'、'.join(unknown)}のシステムはありません。番号を空白で区切って書いてください。")
    if not values["name"]:
        refuse("name", "空です。システムの名前を書いてください。")
    if len(reading.refused) > before:
        return None
    old = present.get(values["number"])
    values["needs"] = tuple(known[number] for number in wanted)
    try:
        return System(key=old.key if old else f"{values['number']:02}", **values)
    except ValidationError as error:
        for problem in error.errors():
            refuse(str(problem["loc"][0]), f"「{problem['input']}」は使えません。範囲と形を確かめてください。")
        return None


def _differences(old: System | None, new: System, sections: Mapping[str, str]) -> list[Difference]:
    return [
        Difference(new, column, _shown(old, name, sections) if old else "", _shown(new, name, sections))
        for column, name in COLUMNS.items()
        if old is None or getattr(old, name) != getattr(new, name)
    ]


def _shown(system: System, name: str, sections: Mapping[str, str]) -> str:
    """A value as it stands in the file; a section by its name."""
    value = getattr(system, name)
    if name == "section":
        return sections.get(value, value)
    return " ".join(value) if isinstance(value, tuple) else str(value)
