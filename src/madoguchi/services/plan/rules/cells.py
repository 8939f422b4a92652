"""The fields of a 進捗管理表: how each is written as text, on the page and in a workbook."""

import re
from datetime import date

from madoguchi.lib.halfyear import HalfYear

DATES = ("started_on", "finished_on")
HALVES = ("forecast_first", "forecast_last")
TEXTS = ("reason", "comment")
LINE_FIELDS = (*DATES, *HALVES, *TEXTS)
REPORT_FIELDS = ("issues",)
LABELS = {
    "started_on": "着手日",
    "finished_on": "完了日",
    "forecast_first": "見込みの始まり",
    "forecast_last": "見込みの終わり",
    "reason": "計画との差の理由",
    "comment": "コメント",
    "issues": "新たな課題",
}
MOST_CHARACTERS = 2000
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Refused(ValueError):
    """A cell that cannot be taken: what is wrong, and what to write instead."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}{remedy}")
        self.what, self.remedy = what, remedy


def read(field: str, text: str, *, today: date) -> str:
    """The text as it is kept: dates as 2020-09-30, half-years as 2020H1. Raises: Refused."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if field in DATES:
        return _date(text, today)
    if field in HALVES:
        return _half(text)
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"{len(text)}文字あります。", f"{MOST_CHARACTERS}文字までにしてください。")
    return text


def _date(text: str, today: date) -> str:
    if not text:
        return ""
    try:
        found = date.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise Refused(f"「{text[:30]}」は日付ではありません。", "2020/9/30 のように書いてください。") from error
    if found > today:
        raise Refused("これからの日付です。", "実際に着手・完了した日だけを書き、予定は見込みに書いてください。")
    return found.isoformat()


def _half(text: str) -> str:
    if not text:
        return ""
    try:
        return str(HalfYear.parse(text))
    except ValueError as error:
        raise Refused(f"「{text[:30]}」は半期ではありません。", "一覧から選んでください。") from error


def problem_of(values: dict[str, str]) -> tuple[str, Refused] | None:
    """What does not fit together within one line: the field at fault and why."""
    started, finished = values["started_on"], values["finished_on"]
    if finished and not started:
        return "finished_on", Refused("着手日がありません。", "着手日も書いてください。")
    if finished and finished < started:
        return "finished_on", Refused("着手日より前の日付です。", "日付を確かめてください。")
    first, last = values["forecast_first"], values["forecast_last"]
    if last and first and last < first:
        return "forecast_last", Refused("見込みの始まりより前の半期です。", "半期を確かめてください。")
    return None
