"""Answers in words, for the check page, the desk and paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from madoguchi.services.procedures import rules
from madoguchi.services.procedures.pack import Page, Procedure, Question
from madoguchi.ui.templatetags.face import wareki


@dataclass(frozen=True)
class Line:
    """One answered question in words. `change` is the address at which it can be changed, empty when it cannot."""

    key: str
    label: str
    value: str
    note: str = ""
    change: str = ""


@dataclass(frozen=True)
class Group:
    """The answers of one page."""

    page: Page
    lines: list[Line]


def groups(
    procedure: Procedure,
    answers: Mapping[str, Any],
    *,
    file_names: Mapping[str, str],
    change: Mapping[str, str] | None = None,
    hints: Mapping[str, str] | None = None,
) -> list[Group]:
    """All visible answers by page. `file_names` by file uid, `change` addresses by page key, `hints` by question."""
    return [
        Group(
            page,
            [
                Line(
                    question.key,
                    str(question.label),
                    in_words(question, answers.get(question.key), file_names),
                    note=(hints or {}).get(question.key, ""),
                    change=(change or {}).get(page.key, ""),
                )
                for question in rules.visible_questions(page, answers)
            ],
        )
        for page in procedure.pages
    ]


def in_words(question: Question, value: Any, file_names: Mapping[str, str]) -> str:
    """One answer as a person reads it."""
    if value in (None, "", []):
        return _("（なし）")
    if question.type == "personal_number":
        return _("入力済み（画面と紙には出しません）")
    if question.type == "date":
        return wareki(date.fromisoformat(value))
    if question.type in {"choice", "choices"}:
        chosen = [value] if isinstance(value, str) else value
        return _("、").join(str(option.label) for option in question.options if option.value in chosen)
    if question.type == "file":
        return _("、").join(file_names.get(uid, "") for uid in value)
    if question.type == "rows":
        return "\n".join(_row(question, index, row, file_names) for index, row in enumerate(value, 1))
    return str(value)


def _row(question: Question, index: int, row: Mapping[str, Any], file_names: Mapping[str, str]) -> str:
    parts = [f"{inner.label}: {in_words(inner, row.get(inner.key), file_names)}" for inner in question.fields]
    return f"{question.row_name or question.label} {index}  " + " / ".join(parts)
