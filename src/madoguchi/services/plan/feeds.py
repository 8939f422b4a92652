"""The plan's tables as CSV for a spreadsheet: UTF-8 with a byte order mark, names of columns in Japanese."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from madoguchi.kernel.citydata.public import records
from madoguchi.lib import clock
from madoguchi.lib.access import public_page
from madoguchi.lib.spreadsheets import safe_cell
from madoguchi.services.plan import cost_table, queries
from madoguchi.services.plan.queries import results
from madoguchi.services.plan.queries.story import Kind, events
from madoguchi.services.plan.rules.reports import STEP_STATES

BYTE_ORDER_MARK = "\ufeff"
EVENT_KINDS: dict[Kind, str] = {
    "locked": "当初計画の固定",
    "changed": "計画の変更",
    "fixed": "報告の確定",
    "decided": "会議の決定",
    "settled": "決定の完了",
    "evaluated": "評価の確定",
}

Row = dict[str, Any]


def _measures() -> Iterator[Row]:
    fields = {item.key: item.name.ja for item in queries.outline().fields}
    sections = queries.section_names()
    for measure in queries.measures():
        yield {
            "番号": measure.number,
            "施策名": measure.name.ja,
            "分野": fields.get(measure.field, measure.field),
            "主管課": _names(measure.leads, sections),
            "関係課": _names(measure.related, sections) or measure.related_note,
            "市民サービス": int(measure.goals.service),
            "情報提供": int(measure.goals.information),
            "業務効率": int(measure.goals.efficiency),
            "個票": {"present": "あり", "absent": "なし"}[measure.sheet],
            "目的": measure.purpose or "",
            "達成目標": "／".join(measure.targets),
            "注記": "／".join(measure.notes),
            "出典": measure.source,
        }


def _tasks() -> Iterator[Row]:
    """One row a bar; `終わり` empty: the plan gives only the start; both empty: it states no time."""
    for measure in queries.measures():
        for task in measure.tasks:
            for bar in task.planned or (None,):
                yield {
                    "施策番号": measure.number,
                    "工程": task.title,
                    "始まり": bar.first if bar else "",
                    "終わり": (bar.last or "") if bar else "",
                    "注記": task.note,
                    "出典": measure.source,
                }


def _systems() -> Iterator[Row]:
    rows = queries.systems()
    numbers = {row.system.key: str(row.system.number) for row in rows}
    for row in rows:
        system = row.system
        yield {
            "番号": system.number,
            "システム名": system.name,
            "主管課": row.section.ja,
            "現行システム運用終了": system.current_end,
            "次期システム検討開始": system.study_start,
            "次期システム調達年度": system.procurement_fy,
            "次期システム運用開始": system.next_start,
            "延長月数": row.extension_months,
            "先に必要なシステム": " ".join(numbers[key] for key in system.needs),
            "注記": system.note,
            "出典": system.source,
        }


def _demand() -> Iterator[Row]:
    for survey in queries.surveys():
        for found in queries.demand(survey):
            item = found.item
            yield {
                "調査": survey.title.ja,
                "項目": item.key,
                "項目名": item.title.ja,
                "順位": found.rank,
                "順位（印刷）": item.rank_printed,
                "加重平均": f"{found.weighted_mean:.4f}",
                "積極的に力を入れるべき": item.counts.strongly,
                "どちらかといえばこの分野": item.counts.rather,
                "どちらかといえば他の分野": item.counts.rather_other,
                "他の分野": item.counts.other,
                "無回答": item.counts.none,
                "回答数のもと": {"printed": "印刷", "percentages": "割合から計算"}[item.counts_from],
                "施策番号": "／".join(item.measures),
                "表": item.table,
                "出典": survey.source,
            }


def _answers() -> Iterator[Row]:
    for survey in queries.surveys():
        for question in survey.questions:
            for option in question.options:
                yield {
                    "調査": survey.title.ja,
                    "表": question.table,
                    "問い": question.title.ja,
                    "複数回答": int(question.multiple),
                    "母数": question.base,
                    "答え": option.label.ja,
                    "人数": option.count,
                    "割合（％）": option.percent,
                    "出典": survey.source,
                }


def _costs() -> Iterator[Row]:
    for cost in sorted(records("plan.cost"), key=lambda cost: cost.fiscal_year):
        yield {
            "年度": cost.fiscal_year,
            "千円": cost.thousand_yen,
            "割合（％）": cost.share_percent,
            "主な内容": cost.what,
            "出典": cost.source,
        }


def _previous() -> Iterator[Row]:
    sections = queries.section_names()
    for measure in sorted(records("plan.previous"), key=lambda measure: measure.number):
        yield {
            "番号": measure.number,
            "分野": measure.field,
            "施策名": measure.name,
            "主管課": _names(measure.sections, sections),
            "結果": measure.result,
            "出典": measure.source,
        }


def _peers() -> Iterator[Row]:
    for row in queries.peers():
        for peer in row.years:
            yield {
                "項目": peer.item,
                "年": peer.year,
                "全国の割合（％）": peer.national_percent,
                "全国の団体数": peer.national_count,
                "調べた団体数": peer.municipalities or "",
                "この市": "済" if peer.city_done else "未",
                "注記": peer.note,
                "出典": peer.source,
            }


def _results() -> Iterator[Row]:
    """Where every measure stands; the numbers are those of the last fixed report."""
    found = results.results(clock.today(), queries.outline())
    for measure in queries.measures():
        if row := found.get(measure.key):
            yield {
                "施策番号": measure.number,
                "施策名": measure.name.ja,
                "新しい期": row.half,
                "報告なし（日数）": row.silent_days,
                "確定した期": row.fixed_half,
                "状態": STEP_STATES[row.state] if row.fixed_half else "",
                "終わった工程": row.progress.done if row.progress else "",
                "工程の数": row.progress.total if row.progress else "",
                "出典": measure.source,
            }


def _events() -> Iterator[Row]:
    """Everything that happened, newest first; `ID` names an event for ever."""
    for event in events():
        facts = event.facts
        yield {
            "ID": event.uid,
            "日時": event.at.astimezone(clock.TOKYO).isoformat(timespec="seconds"),
            "施策": event.measure_key,
            "種類": EVENT_KINDS[event.kind],
            "期": facts.get("half", ""),
            "状態": STEP_STATES[facts["state"]] if "state" in facts else "",
            "内容": facts.get("text") or facts.get("reason", ""),
            "SHA-256": facts.get("digest", ""),
        }


def _names(keys: Iterable[str], sections: dict[str, Any]) -> str:
    return "／".join(sections[key].ja for key in keys)


TABLES: dict[str, Callable[[], Iterator[Row]]] = {
    "measures": _measures,
    "tasks": _tasks,
    "systems": _systems,
    "demand": _demand,
    "answers": _answers,
    "costs": _costs,
    "results": _results,
    "events": _events,
    "cost-lines": cost_table.rows,
    "previous": _previous,
    "peers": _peers,
}


@public_page
@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    """One table as a file."""
    if name not in TABLES:
        raise Http404
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="plan-{name}.csv"'
    rows = list(TABLES[name]())
    if rows:
        writer = csv.DictWriter(response, fieldnames=list(rows[0]))
        writer.writeheader()
        for row in rows:
            writer.writerow({name: safe_cell(cell) if isinstance(cell, str) else cell for name, cell in row.items()})
    return response
