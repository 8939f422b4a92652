"""Tables that come back from a spreadsheet as CSV: rows with their lines, and cells that cannot be taken."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from madoguchi.lib.spreadsheets import plain_cell

MOST_ROWS = 2000


@dataclass(frozen=True)
class Refused:
    """A cell that cannot be taken: its line in the file, its column, why, and what to write instead."""

    line: int
    column: str
    why: str


def rows(content: bytes, columns: Iterable[str], refused: list[Refused]) -> list[tuple[int, dict[str, str]]]:
    """The filled rows with their line numbers. UTF-8, or what Excel writes (CP932).

    A file without one of the `columns`, or that is no text, is refused as a whole.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp932")
        except UnicodeDecodeError:
            refused.append(Refused(1, "", "文字を読み取れません。CSV（UTF-8）で保存しなおしてください。"))
            return []
    table = csv.DictReader(io.StringIO(text))
    if missing := [column for column in columns if column not in (table.fieldnames or ())]:
        why = f"見出しに{'、'.join(missing)}がありません。書き出したCSVの見出しを残したまま使ってください。"
        refused.append(Refused(1, "", why))
        return []
    found = []
    for row in table:
        filled = {name: plain_cell((value or "").strip()) for name, value in row.items() if isinstance(name, str)}
        if any(filled.values()):
            found.append((table.line_num, filled))
    if len(found) > MOST_ROWS:
        refused.append(Refused(1, "", f"{MOST_ROWS}行までにしてください。いまは{len(found)}行あります。"))
        return []
    return found
