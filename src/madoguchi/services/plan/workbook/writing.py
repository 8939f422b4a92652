"""The workbook of one section: a sheet a measure, and a hidden one that says which cell is which field.

The hidden sheet also carries the token of every text as it left, so that what comes back weeks later is compared with
what its writer saw, like a page that stayed open.
"""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.actions.reports import text_of
from madoguchi.services.plan.models import Line, Report
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.rules import cells
from madoguchi.services.plan.rules.reports import token

HIDDEN = "_madoguchi"
HALVES_SHEET = "_半期"
HEAD_ROW = 5
COLUMNS = ("コード", "工程", "計画", "状態", *(cells.LABELS[name] for name in cells.LINE_FIELDS))
WIDTHS = (8, 28, 24, 10, 14, 14, 18, 18, 36, 36)
FIRST_FIELD = 5  # the column of the first field, counted from 1
NOTES = {
    "started_on": "実際に着手した日。2020/9/30 のように書きます。予定は書きません。",
    "finished_on": "実際に完了した日。着手日も必要です。",
    "forecast_first": "計画と違うときだけ、一覧から選びます。",
    "forecast_last": "計画と違うときだけ、一覧から選びます。遅れているときは必要です。",
    "reason": "計画と時期が違うときは必要です。",
    "comment": "状況を2000字までで書きます。",
}
_THIN = Border(bottom=Side(style="thin", color="808080"))
_HEAD = PatternFill("solid", start_color="DDE8E1")
_OPEN = PatternFill("solid", start_color="FFFBE6")


def write(
    rows: Sequence[tuple[Measure, Report, Sequence[tuple[Line, str, str]]]],
    *,
    section_key: str,
    section: str,
    halves: Sequence[tuple[str, str]],
) -> bytes:
    """The .xlsx. `rows` are measure, report, and its lines with planned bar and state in words."""
    book = Workbook()
    book.remove(book.active)
    names = book.create_sheet(HALVES_SHEET)
    for number, (_key, label) in enumerate(halves, 1):
        names.cell(number, 1, label)
    hidden = book.create_sheet(HIDDEN)
    hidden.append(["madoguchi.plan.report", rows[0][1].period.half, section_key, 1])
    for measure, report, lines in rows:
        sheet = book.create_sheet(f"施策{measure.number}")
        _fill(sheet, hidden, measure, report, lines, section=section, count=len(halves))
    for sheet in (names, hidden):
        sheet.sheet_state = "veryHidden"
    book.active = 2
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(
    sheet: Worksheet,
    hidden: Worksheet,
    measure: Measure,
    report: Report,
    lines: Sequence[tuple[Line, str, str]],
    *,
    section: str,
    count: int,
) -> None:
    _text(sheet.cell(1, 1), f"施策{measure.number} {measure.name.ja}").font = Font(bold=True, size=14)
    _text(sheet.cell(2, 1), f"進捗管理表 {report.period.half_year.label}　{section}　提出期限 {report.period.due_on}")
    guide = "黄色の欄だけに書けます。書いたら保存し、窓口の画面の「記入したExcelを取り込む」から戻してください。"
    _text(sheet.cell(3, 1), guide)
    for column, (label, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), 1):
        head = _text(sheet.cell(HEAD_ROW, column), label)
        head.font, head.fill, head.border = Font(bold=True), _HEAD, _THIN
        sheet.column_dimensions[head.column_letter].width = width
    for place, name in enumerate(cells.LINE_FIELDS):
        sheet.cell(HEAD_ROW, FIRST_FIELD + place).comment = Comment(NOTES[name], "窓口")
    for row, (line, planned, state) in enumerate(lines, HEAD_ROW + 1):
        for column, text in enumerate((line.step.key, line.step.title, planned, state), 1):
            _text(sheet.cell(row, column), text)
        for place, name in enumerate(cells.LINE_FIELDS):
            _field(sheet, hidden, sheet.cell(row, FIRST_FIELD + place), line, name, measure.key, line.step.key)
    last = HEAD_ROW + max(1, len(lines))
    _validate(sheet, last, count)
    _text(sheet.cell(last + 2, 1), cells.LABELS["issues"]).font = Font(bold=True)
    issues = sheet.cell(last + 2, 2)
    sheet.merge_cells(start_row=last + 2, start_column=2, end_row=last + 2, end_column=len(COLUMNS))
    sheet.row_dimensions[last + 2].height = 80
    _field(sheet, hidden, issues, report, "issues", measure.key, "")
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 3)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"


def _field(
    sheet: Worksheet, hidden: Worksheet, cell: Cell, row: Line | Report, name: str, measure_key: str, step_key: str
) -> None:
    text = text_of(row, name)
    if name in cells.DATES:
        cell.value = date.fromisoformat(text) if text else None
        cell.number_format = "yyyy/m/d"
    else:
        _text(cell, _half_label(text) if name in cells.HALVES else text)
    cell.fill, cell.border = _OPEN, _THIN
    cell.protection = Protection(locked=False)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    hidden.append([sheet.title, cell.coordinate, measure_key, step_key, name, token(text)])


def _half_label(half: str) -> str:
    return HalfYear.parse(half).label if half else ""


def _text(cell: Cell, text: str) -> Cell:
    """Always a text: a leading = or + must not become a formula, here or after somebody edits the cell."""
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@\t"
    return cell


def _validate(sheet: Worksheet, last: int, count: int) -> None:
    half = DataValidation(type="list", formula1=f"'{HALVES_SHEET}'!$A$1:$A${count}", allow_blank=True)
    half.error, half.errorTitle = "一覧から選んでください。", "半期"
    day = DataValidation(type="date", operator="between", formula1="36526", formula2="73050", allow_blank=True)
    day.error, day.errorTitle = "2020/9/30 のように日付を書いてください。", "日付"
    sheet.add_data_validation(half)
    sheet.add_data_validation(day)
    for place, name in enumerate(cells.LINE_FIELDS):
        letter = sheet.cell(HEAD_ROW, FIRST_FIELD + place).column_letter
        if name in cells.DATES or name in cells.HALVES:
            (day if name in cells.DATES else half).add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
