"""A workbook that came back: every field read from the cell it was written to, problems named by sheet and cell."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from madoguchi.services.plan.actions.reports import Edit
from madoguchi.services.plan.errors import WorkbookRefused
from madoguchi.services.plan.rules import cells
from madoguchi.services.plan.workbook.writing import HIDDEN

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED_BYTES = 60 * 1024 * 1024
MOST_PARTS = 400
MAGIC = "madoguchi.plan.report"


@dataclass(frozen=True)
class Cell:
    """Where something could not be read, and what to do about it."""

    sheet: str
    place: str  # B7
    label: str
    problem: cells.Refused


@dataclass
class Read:
    """Everything a workbook says: edits by measure, and refused cells."""

    half: str
    section_key: str
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    refused: list[Cell] = field(default_factory=list)


def read(content: bytes, *, halves: Mapping[str, str], today: date) -> Read:
    """Raises: WorkbookRefused for a file that is none of ours or is damaged; `halves` are keys by label."""
    book = _opened(content)
    rows = book[HIDDEN].iter_rows(values_only=True) if HIDDEN in book.sheetnames else iter(())
    head: Any = next(rows, ())
    if len(head) < 3 or head[0] != MAGIC:
        raise WorkbookRefused(
            what="このファイルは、窓口から受け取った進捗管理表ではありません。",
            next_step="「Excelで受け取る」からもう一度受け取り、その表に書いてください。",
        )
    found = Read(str(head[1]), str(head[2]))
    for title, place, measure_key, step_key, name, seen in _map(rows):
        edit = _edit(book, found, title, place, step_key, name, seen, halves, today)
        if edit is not None:
            found.edits.setdefault(measure_key, []).append(edit)
    return found


def _map(rows: Iterator[Any]) -> Iterator[tuple[str, str, str, str, str, str]]:
    for row in rows:
        texts = tuple("" if value is None else str(value) for value in row[:6])
        if len(texts) == 6 and texts[4] in cells.LABELS:
            yield texts  # type: ignore[misc]


def _edit(
    book: Workbook,
    found: Read,
    title: str,
    place: str,
    step_key: str,
    name: str,
    seen: str,
    halves: Mapping[str, str],
    today: date,
) -> Edit | None:
    label = cells.LABELS[name]
    if title not in book.sheetnames:
        problem = cells.Refused("シートがありません。", "受け取ったときのシートを残したまま戻してください。")
        if not any(cell.sheet == title for cell in found.refused):
            found.refused.append(Cell(title, "", "", problem))
        return None
    cell = book[title][place]
    try:
        if cell.data_type == "f":
            raise cells.Refused("式が入っています。", "式ではなく、結果の値を書いてください。")
        if cell.data_type == "e":
            raise cells.Refused(f"エラーの値（{cell.value}）です。", "値を書きなおしてください。")
        text = cells.read(name, _as_text(cell.value, name, halves), today=today)
    except cells.Refused as refused:
        found.refused.append(Cell(title, place, label, refused))
        return None
    return Edit(step_key, name, text, seen)


def _as_text(value: Any, name: str, halves: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return halves.get(text.strip(), text) if name in cells.HALVES else text


def _opened(content: bytes) -> Workbook:
    damaged = WorkbookRefused(
        what="このファイルを開けません。壊れているか、Excel（.xlsx）の形ではありません。",
        next_step="Excelで開けることを確かめ、「.xlsx」で保存しなおすか、表をもう一度受け取ってください。",
    )
    if len(content) > MOST_BYTES:
        raise WorkbookRefused(
            what="ファイルが大きすぎます（上限は5メガバイトです）。",
            next_step="図や写真を消して保存しなおしてください。",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES:
                raise damaged
            if parts.testzip() is not None:
                raise damaged
        return load_workbook(io.BytesIO(content))
    except WorkbookRefused:
        raise
    except Exception as error:  # a broken file fails in as many ways as there are readers below
        raise damaged from error
