"""What the pages of the half-yearly reports show, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.lib import wareki
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import access, queries
from madoguchi.services.plan.actions.reports import Saved, text_of
from madoguchi.services.plan.models import Aside, Change, Line, Period, Report
from madoguchi.services.plan.pack import Measure, Outline
from madoguchi.services.plan.queries import reports as reading
from madoguchi.services.plan.rules import cells
from madoguchi.services.plan.rules import reports as rules

Screen = dict[str, Any]
Bars = Mapping[str, tuple[str, str]]
STATUS = {
    "waiting": "plain",
    "running": "info",
    "done": "ok",
    "late": "err",
    "changed": "warn",
    "withdrawn": "plain",
}
REPORT_STATUS = {"open": "plain", "submitted": "wait", "returned": "warn", "confirmed": "info", "fixed": "ok"}
HALVES_AFTER_PLAN = 6  # how far a forecast may reach beyond the plan's end


def label(half: str) -> str:
    """令和2年度上半期, and nothing for nothing."""
    return HalfYear.parse(half).label if half else ""


def bar(first: str, last: str) -> str:
    """A planned stretch in words of the staff pages."""
    if not first:
        return "記載なし"
    if not last:
        return f"{label(first)}から（終わりの記載なし）"
    return label(first) if first == last else f"{label(first)}から{label(last)}まで"


def half_choices(plan: Outline) -> list[tuple[str, str]]:
    """The half-years a forecast of a plan may name: its own, and some beyond its end."""
    halves = queries.half_years(plan)
    beyond = halves[-1]
    for _ in range(HALVES_AFTER_PLAN):
        beyond = beyond.next
        halves.append(beyond)
    return [(str(half), half.label) for half in halves]


def period_views(chosen: str) -> list[Screen]:
    """The periods as saved views, newest first."""
    return [
        {"label": period.half_year.label, "url": f"/plan/reports/{period.half}/", "current": period.half == chosen}
        for period in reading.periods()
    ]


@dataclass(frozen=True)
class Row:
    """One measure in the list of a period."""

    measure: Measure
    report: Report
    section: str
    state_word: str
    status: str
    measure_word: str
    measure_status: str
    progress: rules.Progress
    silent_days: int
    may_write: bool


def period_list(person: Person, period: Period, *, today: date) -> Screen:
    """The 進捗管理表 of a period: own ones first for a section, all for the plan office."""
    names, on = queries.section_names(), period.half_year.last
    found = reading.reports_of(person, period)
    originals = {row.measure_key: reading.bars_of(row.body) for row in reading.baselines()}
    rows = [
        _row(measure, report, person, names, on, today, originals.get(measure.key, {})) for measure, report in found
    ]
    return {
        "period": period,
        "title": period.half_year.label,
        "rows": sorted(rows, key=lambda row: (not row.may_write, row.measure.number)),
        "own": sorted({row.report.section_key for row in rows if row.may_write}),
        "counts": _counts(rows),
        "views": period_views(period.half),
        "due_on": period.due_on,
        "days_left": (period.due_on - today).days,
        "sections": names,
    }


def _row(measure: Measure, report: Report, person: Person, names: Any, on: date, today: date, original: Any) -> Row:
    facts = [reading.facts(line, original) for line in report.lines.all()]
    states = [rules.step_state(item, on) for item in facts]
    state = rules.measure_state(states)
    return Row(
        measure,
        report,
        names[report.section_key].ja if report.section_key in names else report.section_key,
        report.get_state_display(),
        REPORT_STATUS[report.state],
        rules.STEP_STATES[state],
        STATUS[state],
        rules.progress(facts, on),
        rules.days_overdue(report.state, report.period.due_on, today),
        access.may_write(person, measure),
    )


def _counts(rows: list[Row]) -> list[Screen]:
    late = sum(bool(row.silent_days) for row in rows)
    reported = sum(row.report.state not in rules.WRITABLE for row in rows)
    fixed = sum(row.report.state in ("confirmed", "fixed") for row in rows)
    return [
        {"label": "提出済み", "value": f"{reported}／{len(rows)}件"},
        {"label": "確認済み・確定", "value": f"{fixed}／{len(rows)}件"},
        {"label": "報告の遅れ", "value": f"{late}件"},
    ]


@dataclass
class Control:
    """One field of the table: its name, its text as typed, and the token of what its writer sees."""

    name: str
    label: str
    kind: str  # date, half, text
    text: str
    seen: str
    shown: str
    error: str = ""


@dataclass
class Block:
    """One step with its controls."""

    line: Line
    state: str
    status: str
    planned: str
    original: str
    owes_reason: bool
    controls: list[Control] = field(default_factory=list)


def table(
    person: Person, report: Report, *, today: date, typed: Mapping[str, str] | None = None, saved: Saved | None = None
) -> Screen:
    """One 進捗管理表: to write, to check or to read, as the person may. `typed` are the texts of a refused form."""
    measure = reading.measure(report.measure_key)
    original = reading.bars_of(reading.baseline_promise(measure.key))
    on = report.period.half_year.last
    lines = list(report.lines.all())
    facts = [reading.facts(line, original) for line in lines]
    refused = saved.refused if saved else {}
    writable = access.may_write(person, measure) and report.state in rules.WRITABLE
    names = queries.section_names()
    asides = report.asides.filter(resolved_at=None).select_related("line__step", "author")
    return {
        "report": report,
        "period": report.period,
        "measure": measure,
        "half": report.period.half_year.label,
        "section": names[report.section_key].ja,
        "sections": names,
        "state_status": REPORT_STATUS[report.state],
        "silent_days": rules.days_overdue(report.state, report.period.due_on, today),
        "progress": rules.progress(facts, on),
        "blocks": [
            _block(line, item, on, original, typed or {}, refused) for line, item in zip(lines, facts, strict=True)
        ],
        "issues": _control("", report, "issues", typed or {}, refused),
        "halves": half_choices(queries.plan_of(measure)),
        "today": today,
        "writable": writable,
        "can_comment": access.may_comment(person, measure),
        "can_check": may(person, "plan.report.check", report) and report.state in ("submitted", "confirmed"),
        "can_confirm": report.state == "submitted",
        "can_change": access.may_write(person, measure),
        "remarks": list(report.remarks.select_related("author")),
        "asides": [_aside(aside, report) for aside in asides],
        "changes": Change.objects.filter(measure_key=measure.key).count(),
        "errors": [(name, _title(name, lines), problem) for name, problem in refused.items()],
        "gantt": gantt_rows(lines, original),
    }


def _title(name: str, lines: list[Line]) -> str:
    key, _, field_name = name.partition(".")
    titles = {line.step.key: line.step.title for line in lines}
    return f"{titles[key]}：{cells.LABELS[field_name]}" if key else cells.LABELS[field_name]


def _block(
    line: Line,
    item: rules.Facts,
    on: date,
    original: Bars,
    typed: Mapping[str, str],
    refused: Any,
) -> Block:
    state = rules.step_state(item, on)
    planned = (line.step.planned_first, line.step.planned_last)
    before = original.get(line.step.key, planned)
    return Block(
        line,
        rules.STEP_STATES[state],
        STATUS[state],
        bar(*planned),
        bar(*before) if before != planned else "",
        rules.differs(item, forecast_last=line.forecast_last) and not line.reason,
        [_control(line.step.key, line, name, typed, refused) for name in cells.LINE_FIELDS],
    )


def kind_of(name: str) -> str:
    """date, half or text: how a field is written."""
    return "date" if name in cells.DATES else "half" if name in cells.HALVES else "text"


def _control(key: str, row: Line | Report, name: str, typed: Mapping[str, str], refused: Any) -> Control:
    current = text_of(row, name)
    full = f"{key}.{name}"
    kind = kind_of(name)
    shown = label(current) if kind == "half" else current
    if kind == "date" and current:
        shown = wareki.short(date.fromisoformat(current))
    error = refused.get(full)
    return Control(
        full,
        cells.LABELS[name],
        kind,
        typed.get(full, current) if error else current,
        rules.token(current),
        shown,
        str(error) if error else "",
    )


def _aside(aside: Aside, report: Report) -> Screen:
    row: Line | Report = next((line for line in report.lines.all() if line.pk == aside.line_id), None) or report
    current = text_of(row, aside.field)
    kind = kind_of(aside.field)
    return {
        "aside": aside,
        "title": f"{aside.line.step.title}：{cells.LABELS[aside.field]}" if aside.line else cells.LABELS[aside.field],
        "current": label(current) if kind == "half" else current,
        "text": label(aside.text) if kind == "half" else aside.text,
        "kind": kind,
        "both": f"{current}\n{aside.text}".strip() if kind == "text" else aside.text,
    }


def gantt_rows(lines: list[Line], original: Bars) -> list[Screen]:
    """Baseline, plan of now and facts as dates, for the chart."""
    return [
        {
            "label": line.step.title,
            "baseline": days_of(*original.get(line.step.key, planned(line))),
            "revised": days_of(*planned(line)) if original.get(line.step.key, planned(line)) != planned(line) else None,
            "actual": (line.started_on, line.finished_on) if line.started_on else None,
            "note": "取りやめ" if line.step.withdrawn_on else "",
        }
        for line in lines
    ]


def planned(line: Line) -> tuple[str, str]:
    """The half-years of a line's step as scheduled now."""
    return line.step.planned_first, line.step.planned_last


def days_of(first: str, last: str) -> tuple[date, date | None] | None:
    """A bar of half-years as days; None where the plan states no time."""
    if not first:
        return None
    return HalfYear.parse(first).first, HalfYear.parse(last).last if last else None
