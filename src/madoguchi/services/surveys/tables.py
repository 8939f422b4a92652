"""Uploaded tables: the population by stratum, and the list to draw from. All of a table is taken, or nothing."""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from madoguchi.lib.numbers import is_whole
from madoguchi.lib.spreadsheets import safe_cell
from madoguchi.services.surveys.errors import TableRefused
from madoguchi.services.surveys.models import Stratum

MOST_STRATA = 500
POPULATION_COLUMNS = ("age_from", "age_to", "sex", "district", "population", "expected_percent")


def population(text: str) -> list[dict[str, Any]]:
    """The rows of a population table. Raises: TableRefused, with the line."""
    rows = [_stratum(row, line) for line, row in _lines(text, {"age_from", "population", "expected_percent"})]
    if not rows or len(rows) > MOST_STRATA:
        raise TableRefused(f"層は1から{MOST_STRATA}行までです。いまは{len(rows)}行です。")
    for line, row in enumerate(rows, 2):
        for other in rows[: line - 2]:
            if _overlap(row, other):
                raise TableRefused(f"{line}行目の層が、前の行の層と重なっています。")
    return rows


def _stratum(row: dict[str, str], line: int) -> dict[str, Any]:
    try:
        found = {
            "age_from": int(row["age_from"]),
            "age_to": int(row["age_to"]) if row.get("age_to") else None,
            "sex": row.get("sex", ""),
            "district": row.get("district", ""),
            "population": int(row["population"].replace(",", "")),
            "expected_percent": float(row["expected_percent"]),
        }
    except ValueError as error:
        raise TableRefused(f"{line}行目に、数字でないものがあります（{error}）。") from error
    if found["age_to"] is not None and found["age_to"] < found["age_from"]:
        raise TableRefused(f"{line}行目の年齢が逆です。")
    if not 0 < found["expected_percent"] <= 100:
        raise TableRefused(f"{line}行目の前回回収率は、0より大きく100以下の数です。")
    return found


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if any(one[side] != other[side] and one[side] and other[side] for side in ("sex", "district")):
        return False
    return one["age_from"] <= (other["age_to"] or 999) and other["age_from"] <= (one["age_to"] or 999)


class Frame:
    """抽出名簿: everyone who can be drawn, with id and age, and sex and district where the strata need them.

    Other columns (name, address) pass through to the mailing list and are not kept.
    Raises: TableRefused.
    """

    def __init__(self, text: str, strata: Iterable[Stratum]) -> None:
        self.digest = hashlib.sha256(text.encode()).hexdigest()
        self.rows: dict[str, dict[str, str]] = {}
        self.ids: dict[int, list[str]] = defaultdict(list)
        places = list(strata)
        for line, row in _lines(text, {"id", "age"}):
            if row["id"] in self.rows:
                raise TableRefused(f"{line}行目のidは、前の行と同じです。")
            if not is_whole(row["age"]):
                raise TableRefused(f"{line}行目の年齢が数字ではありません。")
            self.rows[row["id"]] = row
            stratum = next((found for found in places if _belongs(row, found)), None)
            if stratum is not None:  # who lies outside the population (too young) cannot be drawn
                self.ids[stratum.number].append(row["id"])

    def mailing_csv(self, keys: Iterable[str]) -> str:
        """The drawn people in order of their serial number, with every column of the list."""
        names = list(next(iter(self.rows.values())))
        output = io.StringIO()
        writer = csv.writer(output)
        writer.writerow(["serial", *map(safe_cell, names)])
        for serial, key in enumerate(keys, 1):
            writer.writerow([serial, *(safe_cell(self.rows[key][name]) for name in names)])
        return output.getvalue()


def _belongs(row: dict[str, str], stratum: Stratum) -> bool:
    age = int(row["age"])
    if not stratum.age_from <= age <= (999 if stratum.age_to is None else stratum.age_to):
        return False
    return stratum.sex in {"", row.get("sex", "")} and stratum.district in {"", row.get("district", "")}


def _lines(text: str, needed: set[str]) -> Iterable[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if absent := needed - set(reader.fieldnames or ()):
        raise TableRefused(f"1行目に、列の名前 {', '.join(sorted(absent))} がありません。")
    for line, row in enumerate(reader, 2):
        if None in row or None in row.values():
            raise TableRefused(f"{line}行目の列の数が、1行目と合いません。")
        yield line, {name: value.strip() for name, value in row.items()}
