"""The national survey's table back from a spreadsheet: every cell checked, also against the others of its row."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from madoguchi.lib.numbers import is_whole
from madoguchi.lib.shares import percent
from madoguchi.services.plan import sheets
from madoguchi.services.plan.pack import Peer
from madoguchi.services.plan.sheets import Refused

# Column in the file → field
COLUMNS = {
    "項目": "item",
    "年": "year",
    "全国の割合（％）": "national_percent",
    "全国の団体数": "national_count",
    "調べた団体数": "municipalities",
    "この市": "city_done",
    "注記": "note",
    "出典": "source",
}
DONE = {"済": True, "未": False}
MOST_CHARACTERS = 200
_PERCENT = re.compile(r"\d{1,3}(\.\d)?")
_NAMES = {name: column for column, name in COLUMNS.items()}


@dataclass(frozen=True)
class Difference:
    """One field that the file changes; `before` is empty for a new row."""

    peer: Peer
    column: str
    before: str
    after: str


@dataclass
class Reading:
    """What a file says. Nothing is taken while anything is refused."""

    changed: list[Peer] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    absent: int = 0  # rows that are not in the file; they stay


def read(content: bytes, present: Sequence[Peer]) -> Reading:
    """Compare a CSV with the `present` rows, which an item and a year tell apart."""
    reading = Reading()
    standing = {(peer.item, peer.year): peer for peer in present}
    prefixes = {peer.item: peer.key.removesuffix(f"-{peer.year}") for peer in present}
    seen: set[tuple[str, int]] = set()
    for number, row in sheets.rows(content, COLUMNS, reading.refused):
        peer = _peer(number, row, prefixes, reading)
        if peer is None:
            continue
        if (peer.item, peer.year) in seen:
            reading.refused.append(Refused(number, "項目", "同じ項目と年が2回あります。1行にまとめてください。"))
            continue
        seen.add((peer.item, peer.year))
        old = standing.get((peer.item, peer.year))
        found = [
            Difference(peer, column, shown(old, name) if old else "", shown(peer, name))
            for column, name in COLUMNS.items()
            if old is None or getattr(old, name) != getattr(peer, name)
        ]
        if found:
            reading.changed.append(old.model_copy(update=peer.model_dump(exclude={"key"})) if old else peer)
            reading.differences += found
    reading.absent = len(standing.keys() - seen)
    return reading


def _peer(number: int, row: Mapping[str, str], prefixes: Mapping[str, str], reading: Reading) -> Peer | None:
    """The row as a record, or None when one of its cells is refused."""
    before = len(reading.refused)
    typed = {name: unicodedata.normalize("NFKC", row[column]).replace(",", "") for column, name in COLUMNS.items()}
    values: dict[str, Any] = {name: row[_NAMES[name]] for name in ("item", "note", "source")}

    def refuse(name: str, why: str) -> None:
        reading.refused.append(Refused(number, _NAMES[name], why))

    for name in ("item", "source"):
        if not values[name]:
            refuse(name, "空です。調査の項目の名前、出典を書いてください。")
    for name, text in values.items():
        if len(text) > MOST_CHARACTERS:
            refuse(name, f"{MOST_CHARACTERS}文字までにしてください。いまは{len(text)}文字です。")
    for name in ("year", "national_count", "municipalities"):
        if is_whole(typed[name]):
            values[name] = int(typed[name])
        elif typed[name] or name != "municipalities":
            refuse(name, f"「{row[_NAMES[name]][:30]}」は整数ではありません。数字だけを書いてください。例：2019")
    if not 1989 <= values.get("year", 1989) <= 2100:
        refuse("year", "西暦の4桁で書いてください。例：2019")
    if _PERCENT.fullmatch(typed["national_percent"]) and float(typed["national_percent"]) <= 100:
        values["national_percent"] = float(typed["national_percent"])
    else:
        refuse("national_percent", "0から100までを、小数1桁までで書いてください。例：45.5")
    if typed["city_done"] in DONE:
        values["city_done"] = DONE[typed["city_done"]]
    else:
        refuse("city_done", "「済」か「未」を書いてください。")
    if len(reading.refused) > before:
        return None
    if why := _mismatch(values):
        refuse("national_percent", why)
        return None
    prefix = prefixes.get(values["item"]) or f"item-{hashlib.sha256(values['item'].encode()).hexdigest()[:8]}"
    return Peer(key=f"{prefix}-{values['year']}", **values)


def _mismatch(values: Mapping[str, Any]) -> str:
    """Whether share and count tell the same, to the printed decimal; why not."""
    whole = values.get("municipalities")
    if whole is None:
        return ""
    count = values["national_count"]
    if count > whole:
        return f"{whole:,}団体のうち{count:,}団体にはなりません。団体数を確かめてください。"
    share = percent(count, whole)
    if abs(share - values["national_percent"]) > 0.051:
        return f"団体数と合いません。{whole:,}団体のうち{count:,}団体は{share}％です。どちらかを直してください。"
    return ""


def shown(peer: Peer, name: str) -> str:
    """A value as it stands in the file."""
    value = getattr(peer, name)
    if name == "city_done":
        return "済" if value else "未"
    return "" if value is None else str(value)
