"""会議資料 and 計画書 as tagged PDFs, made from the record whenever they are asked for."""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from madoguchi.kernel.citydata.public import record
from madoguchi.lib import wareki
from madoguchi.services.plan.models import Meeting
from madoguchi.services.plan.queries import outline, section_names
from madoguchi.services.plan.screens import book as screens_book
from madoguchi.services.plan.screens import council
from madoguchi.ui.paper import render


def council_pdf(meeting: Meeting, *, today: date) -> bytes:
    """Agenda, overview, major changes, evaluations, decisions, then a sheet a measure. PDF/UA-1."""
    screen, plan, city = council.meeting_screen(meeting, today=today), outline(), record("city", "city")
    office = section_names()[plan.owner]
    return render(
        "council",
        {
            "title": f"{meeting.title} 資料",
            "city": str(city.name.ja),
            "number": plan.name.ja,
            "date": screen["held_on"],
            "contact": [office.ja],
            "half": screen["half"],
            "agenda": [[item.get_kind_display(), item.title, item.text] for item in screen["items"]],
            "counts": [[row["label"], row["value"]] for row in screen["counts"]],
            "overview": [_overview(sheet) for sheet in screen["sheets"]],
            "changes": [_change(row) for row in screen["changes"]],
            "evaluations": [{**row, "reasons": list(row["reasons"].values())} for row in screen["evaluations"]],
            "follow_ups": [_decision(row) for row in screen["follow_ups"]],
            "decisions": [_decision(row) for row in screen["decisions"]],
            "sheets": [_sheet(sheet) for sheet in screen["sheets"]],
        },
    )


def book_pdf(*, today: date) -> bytes:
    """計画書: chapters, sheets with their bars, costs, in the plan's own order. PDF/UA-1."""
    content, city = screens_book.book(), record("city", "city")
    head = {
        "city": str(city.name.ja),
        "number": content["title"],
        "date": wareki.long(today),
        "contact": [content["office"]],
    }
    return _typeset(json.dumps(content | head, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=2)
def _typeset(content: str) -> bytes:
    """Some seconds of work for everyone who asks until the next change."""
    return render("plan_book", json.loads(content))


def _overview(sheet: dict[str, Any]) -> list[str]:
    report = f"報告なし {sheet['silent_days']}日" if sheet["silent_days"] else sheet["report_word"]
    return [str(sheet["number"]), sheet["name"], sheet["section"], sheet["state"], sheet["progress"], report]


def _change(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("title", "number", "made_on", "reason", "rows", "after_lock")}


def _decision(row: dict[str, Any]) -> list[str]:
    return [row["title"], row["text"], row["section"], row["due_on"], row["done_on"] or "".join(row["last"]) or "—"]


def _sheet(sheet: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": f"施策{sheet['number']} {sheet['name']}",
        "section": sheet["section"],
        "state": sheet["state"],
        "digest": sheet["digest"],
        "issues": sheet["issues"],
        "lines": [
            [
                line["title"],
                line["planned"] + (f"\n（当初 {line['baseline']}）" if line["baseline"] else ""),
                "\n".join(part for part in (line["started_on"], line["finished_on"]) if part) or "—",
                line["state"],
                line["reason"] or line["comment"],
            ]
            for line in sheet["lines"]
        ],
        "figures": [
            f"{found['name']} {found['value']:g}{found['unit']}（{found['on']}）" for found in sheet["figures"]
        ],
    }
