"""計画書: the plan as a book, in the plan's own order of chapters, made from the same data as the pages.

The facts are the pack's; the sentences of the printed plan are not in it, so a chapter holds what the data can say.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from madoguchi.kernel.citydata.public import records
from madoguchi.lib import wareki
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import queries, rules
from madoguchi.services.plan.pack import Measure, Outline, Survey, Task

Screen = dict[str, Any]

PLANNED, OPEN, NO_TIME = "■", "…", "計画に記載なし"  # how a half-year of a step is printed
KIND_OF_MARK = {"planned": PLANNED, "open": OPEN, "none": "", "unknown": ""}


def book() -> Screen:
    """Title, chapters 1 to 7 with their sections, and a sheet a measure; plain Japanese text throughout."""
    plan, found = queries.outline(), queries.measures()
    names = {key: name.ja for key, name in queries.section_names().items()}
    halves = queries.half_years(plan)
    return {
        "title": plan.name.ja,
        "period": f"{wareki.fiscal_year_label(halves[0].year)}～{wareki.fiscal_year_label(halves[-1].year)}",
        "office": names[plan.owner],
        "notes": list(plan.notes),
        "before": [
            _chapter(1, "本計画の位置づけ", _position(plan, halves)),
            _chapter(2, "国・都などにおける情報化の動向", _peers()),
            _chapter(3, "本市における情報化の動向", [*_previous(names), *_systems()]),
            _chapter(4, "市民ニーズの動向", [part for survey in queries.surveys() for part in _survey(survey)]),
            _chapter(5, "これからの主な課題と解決の方向性（目指すべき姿）", _direction(plan, found)),
            _chapter(6, "情報化施策と取組内容", [_list(plan, found, names)]),
        ],
        "years": [wareki.fiscal_year_label(year) for year in range(halves[0].year, halves[-1].year + 1)],
        "sheets": [_sheet(plan, measure, halves, names) for measure in found],
        "after": [_costs(), _chapter(7, "推進体制", _organisation(plan, names))],
        "source": plan.source,
    }


def _chapter(number: int, title: str, parts: Sequence[Screen]) -> Screen:
    numbered = [{**part, "title": f"({place}) {part['title']}"} for place, part in enumerate(parts, 1)]
    return {"title": f"第{number}章　{title}", "parts": numbered}


def _part(
    title: str, *, lines: Iterable[str] = (), head: Sequence[str] = (), rows: Iterable[Sequence[Any]] = ()
) -> Any:
    return {"title": title, "lines": list(lines), "head": list(head), "rows": [[str(c) for c in row] for row in rows]}


def _position(plan: Outline, halves: list[HalfYear]) -> list[Screen]:
    first, last = halves[0], halves[-1]
    years = last.year - first.year + 1
    text = f"{wareki.fiscal_year_label(first.year)}から{wareki.fiscal_year_label(last.year)}までの{years}年間"
    kinds = [[item.name.ja] for item in plan.act_categories]
    parts = [_part("計画の期間", lines=[f"{text}です。半期ごとに評価し、必要に応じて見直します。"])]
    if kinds:
        parts.append(_part("官民データ活用推進計画として含む取組", head=["取組の区分"], rows=kinds))
    return parts


def _peers() -> list[Screen]:
    found = queries.peers()
    years = sorted({peer.year for row in found for peer in row.years})
    rows = []
    for row in found:
        by_year = {peer.year: peer for peer in row.years}
        cells = [
            f"{by_year[year].national_percent}％（{by_year[year].national_count:,}）"
            f"{'済' if by_year[year].city_done else '未'}"
            if year in by_year
            else "—"
            for year in years
        ]
        rows.append([row.item, *cells])
    head = ["項目", *(f"{year}年" for year in years)]
    return [_part("他の地方公共団体と本市の情報化の進展度", head=head, rows=rows)] if rows else []


def _previous(names: dict[str, str]) -> list[Screen]:
    found = sorted(records("plan.previous"), key=lambda measure: measure.number)
    rows = [[item.number, item.name, _names(item.sections, names), item.result] for item in found]
    return [_part("前計画の振り返り", head=["番号", "施策", "主管課", "実績"], rows=rows)] if rows else []


def _systems() -> list[Screen]:
    rows = [
        [
            row.system.number,
            row.system.name,
            row.section.ja,
            row.system.current_end,
            row.system.study_start,
            wareki.fiscal_year_label(row.system.procurement_fy),
            row.system.next_start,
        ]
        for row in queries.systems()
    ]
    head = ["番号", "システム", "主管課", "現行終了", "検討開始", "調達", "次期開始"]
    return [_part("情報システムの更新計画", head=head, rows=rows)] if rows else []


def _survey(survey: Survey) -> list[Screen]:
    percent = rules.percent(survey.returned, survey.sent)
    overview = [f"対象：{survey.population.ja}", f"方法：{survey.method.ja}"]
    overview.append(f"発送{survey.sent:,}、回収{survey.returned:,}（{percent}％）")
    rows = [
        [found.rank, found.item.title.ja, f"{found.weighted_mean:.4f}", "、".join(found.item.measures) or "施策なし"]
        for found in queries.demand(survey)
    ]
    return [
        _part(f"{survey.title.ja}の概観", lines=overview),
        _part("市民ニーズの状況", head=["順位", "項目", "加重平均", "施策"], rows=rows),
    ]


def _direction(plan: Outline, found: list[Measure]) -> list[Screen]:
    totals = rules.goal_totals(found)
    rows = [[goal.name.ja, totals[goal.key]] for goal in plan.goals]
    return [_part("本計画の基本目標", head=["基本目標", "関わる施策の数"], rows=rows)]


def _list(plan: Outline, found: list[Measure], names: dict[str, str]) -> Screen:
    """表16: every measure with its sections and goals, by field."""
    rows = [
        [
            measure.number,
            group.field.name.ja if group.field else "そのほか",
            measure.name.ja,
            _names(measure.leads, names),
            _names(measure.related, names) or measure.related_note or "—",
            *("○" if getattr(measure.goals, goal.key) else "" for goal in plan.goals),
        ]
        for group in queries.by_field(plan, found)
        for measure in group.measures
    ]
    head = ["番号", "分野", "施策名", "主管課", "関係課", *(goal.name.ja for goal in plan.goals)]
    return _part("情報化施策の体系", head=head, rows=rows)


def _sheet(plan: Outline, measure: Measure, halves: list[HalfYear], names: dict[str, str]) -> Screen:
    """個票 in the layout of the plan: who, goals, why, what, targets, risks, and the bars by half-year."""
    return {
        "number": measure.number,
        "name": measure.name.ja,
        "has_sheet": measure.sheet == "present",
        "summary": measure.summary.ja,
        "leads": _names(measure.leads, names),
        "related": _names(measure.related, names) or measure.related_note or "—",
        "goals": [f"{'☑' if getattr(measure.goals, goal.key) else '□'} {goal.name.ja}" for goal in plan.goals],
        "linked": list(measure.linked_plans),
        "purpose": measure.purpose or "",
        "present_state": list(measure.present_state),
        "content": list(measure.content),
        "targets": list(measure.targets),
        "risks": [[risk.risk, "\n".join(risk.countermeasures) or "—"] for risk in measure.risks],
        "steps": [_step(number, task, halves) for number, task in enumerate(measure.tasks, 1)],
        "notes": list(measure.notes),
    }


def _step(number: int, task: Task, halves: list[HalfYear]) -> Screen:
    """One row of the 工程表; a step without a time says so."""
    marks = rules.marks((task,), halves) if task.planned else ["none"] * len(halves)
    return {
        "title": f"{number}　{task.title}",
        "note": task.note or ("" if task.planned else NO_TIME),
        "cells": [KIND_OF_MARK[mark] for mark in marks],
    }


def _costs() -> Screen:
    found = sorted(records("plan.cost"), key=lambda cost: cost.fiscal_year)
    rows = [
        [wareki.fiscal_year_label(cost.fiscal_year), f"{cost.thousand_yen:,}", f"{cost.share_percent}％", cost.what]
        for cost in found
    ]
    rows.append(["合計", f"{sum(cost.thousand_yen for cost in found):,}", "", ""])
    head = ["年度", "千円", "割合", "主な内容"]
    part = _part("(3) 情報化施策実施に係る事業経費概算見込額", head=head, rows=rows)
    return {"title": "", "parts": [part]}


def _organisation(plan: Outline, names: dict[str, str]) -> list[Screen]:
    office = names[plan.owner]
    duties = [
        ["主管課", "施策を進め、関係課と調整し、半期ごとに進捗管理表で報告します。"],
        ["関係課", "主管課とともに施策を進めます。"],
        [office, "半期ごとに進捗を確認し、助言します。"],
        ["ICT戦略会議", "進捗を管理し、終わった施策を評価します。"],
    ]
    axes = [
        ["進捗", "はじめの工程との差"],
        ["効果", "始める前に決めた評価項目の達成度"],
        ["費用", "始める前の見込みとの差"],
    ]
    return [
        _part("推進体制", head=["体制", "役割"], rows=duties),
        _part("施策の進捗管理", lines=["大きな変更があるときは、主管課がICT戦略会議に報告します。"]),
        _part("施策の評価", head=["見方", "くらべるもの"], rows=axes),
    ]


def _names(keys: Iterable[str], names: dict[str, str]) -> str:
    return "、".join(names.get(key, key) for key in keys)
