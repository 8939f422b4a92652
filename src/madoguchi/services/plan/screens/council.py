"""The council's pack as plain values: the pages on a tablet and the PDF show the same."""

from collections import Counter
from datetime import date
from typing import Any

from madoguchi.lib import clock, wareki
from madoguchi.services.plan import queries
from madoguchi.services.plan.models import AgendaItem, Baseline, Change, Decision, Evaluation, Meeting, Period, Report
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import frozen
from madoguchi.services.plan.rules import reports as rules
from madoguchi.services.plan.rules.evaluation import AXES
from madoguchi.services.plan.screens.reports import STATUS, bar

Screen = dict[str, Any]


def meeting_screen(meeting: Meeting, *, today: date) -> Screen:
    """Everything the council sees of one meeting. A constant number of queries."""
    by_key = {measure.key: measure for measure in queries.all_measures()}
    names = {key: name.ja for key, name in queries.section_names().items()}
    items = list(meeting.items.select_related("change"))
    bodies = frozen.bodies(meeting.period) if meeting.period else {}
    sheets = [_sheet(by_key[key], bodies[key], names) for key in by_key if key in bodies]
    digests = dict(Baseline.objects.values_list("measure_key", "digest"))
    for sheet in sheets:
        sheet["digest"] = digests.get(sheet["key"], "")
        sheet["silent_days"] = _silent(meeting.period, sheet["report_state"], meeting.held_on)
    decisions = list(meeting.decisions.all())
    return {
        "meeting": meeting,
        "held_on": wareki.long(meeting.held_on),
        "half": meeting.period.half_year.label if meeting.period else "",
        "items": items,
        "counts": _counts(sheets),
        "sheets": sheets,
        "changes": [change_of(item.change, by_key) for item in items if item.change],
        "evaluations": _evaluations([item.measure_key for item in items if item.kind == "evaluation"], by_key),
        "overdue": [sheet for sheet in sheets if sheet["silent_days"]],
        "follow_ups": followed(by_key, names, before=meeting.held_on, today=today),
        "decisions": [_decision(found, by_key, names) for found in decisions],
        "measures": list(by_key.values()),
    }


def _sheet(measure: Measure, body: Screen, names: dict[str, str]) -> Screen:
    standing = body["standing"]
    return {
        "key": measure.key,
        "number": measure.number,
        "name": measure.name.ja,
        "section": "、".join(names.get(key, key) for key in measure.leads),
        "report_state": standing["state"],
        "report_word": str(Report.State(standing["state"]).label),
        "state": rules.STEP_STATES[standing["measure_state"]],
        "state_key": standing["measure_state"],
        "status": STATUS[standing["measure_state"]],
        "progress": f"{standing['progress']['done']}／{standing['progress']['total']}",
        "lines": [_line(line) for line in body["lines"]],
        "issues": body["issues"],
        "figures": [figure for figure in body["figures"] if figure["value"] is not None],
    }


def _line(line: Screen) -> Screen:
    baseline, planned = tuple(line["baseline"]), tuple(line["planned"])
    return {
        "title": line["title"],
        "planned": bar(*planned),
        "baseline": bar(*baseline) if any(baseline) and baseline != planned else "",
        "started_on": _day(line["started_on"]),
        "finished_on": _day(line["finished_on"]),
        "state": rules.STEP_STATES[line["state"]],
        "status": STATUS[line["state"]],
        "reason": line["reason"],
        "comment": line["comment"],
    }


def _day(text: str | None) -> str:
    return wareki.short(date.fromisoformat(text)) if text else ""


def _silent(period: Period | None, state: str, on: date) -> int:
    return rules.days_overdue(state, period.due_on, on) if period else 0


def _counts(sheets: list[Screen]) -> list[Screen]:
    found = Counter(sheet["state_key"] for sheet in sheets)
    silent = sum(bool(sheet["silent_days"]) for sheet in sheets)
    return [
        {"label": "施策", "value": f"{len(sheets)}件"},
        {"label": "完了・進行", "value": f"{found['done'] + found['running']}件"},
        {"label": "遅延", "value": f"{found['late']}件"},
        {"label": "変更", "value": f"{found['changed']}件"},
        {"label": "報告なし", "value": f"{silent}件"},
    ]


def change_of(change: Change, by_key: dict[str, Measure]) -> Screen:
    """A change with what stood before and stands after, step by step."""
    measure = by_key.get(change.measure_key)
    before = {step["key"]: step for step in change.before["schedule"]}
    rows = []
    for step in change.after["schedule"]:
        old = before.get(step["key"])
        if old != step:
            after = "取りやめ" if step["withdrawn"] else bar(step["first"], step["last"])
            rows.append([step["title"], bar(old["first"], old["last"]) if old else "（なし）", after])
    for old, new in zip(change.before["effects"], change.after["effects"], strict=True):
        if old != new:
            rows.append([new["name"], f"目標 {old['target']}", f"目標 {new['target']}"])
    if change.before["estimate_thousand_yen"] != change.after["estimate_thousand_yen"]:
        old_yen, new_yen = change.before["estimate_thousand_yen"], change.after["estimate_thousand_yen"]
        rows.append(["費用見込（千円）", f"{old_yen:,}" if old_yen else "（なし）", f"{new_yen:,}"])
    return {
        "change": change,
        "title": f"施策{measure.number} {measure.name.ja}" if measure else change.measure_key,
        "key": change.measure_key,
        "number": change.number,
        "anchor": f"{change.measure_key}-{change.number}",
        "made_on": wareki.long(clock.day_of(change.made_at)),
        "reason": change.reason,
        "is_major": change.is_major,
        "after_lock": change.after_lock,
        "rows": rows,
    }


def _evaluations(keys: list[str], by_key: dict[str, Measure]) -> list[Screen]:
    found = Evaluation.objects.filter(measure_key__in=keys).exclude(confirmed_at=None)
    return [evaluated(row, by_key[row.measure_key]) for row in found if row.measure_key in by_key]


def evaluated(row: Evaluation, measure: Measure) -> Screen:
    """A confirmed evaluation: three axes, three sides."""
    body: Screen = row.frozen or {}
    return {
        "title": f"施策{measure.number} {measure.name.ja}",
        "key": measure.key,
        "rows": [
            [
                name,
                value_words(axis, body["axes"][axis]["value"]) or body["axes"][axis]["why"],
                *(body["grades"][side].get(axis) or "—" for side in ("rule", "owner", "office")),
                "あり" if axis in body["disagreements"] else "",
            ]
            for axis, name in AXES.items()
        ],
        "overall": [body["overall"][side] or "—" for side in ("rule", "owner", "office")],
        "reasons": body["reasons"],
        "digest": row.digest,
        "baseline": body["baseline"],
        "changes_after_lock": body["changes_after_lock"],
    }


def value_words(axis: str, value: float | None) -> str:
    """A deviation in words of the council."""
    if value is None:
        return ""
    match axis:
        case "schedule":
            return "計画どおり" if value == 0 else f"{abs(value):g}半期{'遅れ' if value > 0 else '早い'}"
        case "effect":
            return f"達成度 {value:g}％"
        case _:
            return "見込どおり" if value == 0 else f"見込より{abs(value):g}％{'多い' if value > 0 else '少ない'}"


def followed(by_key: dict[str, Measure], names: dict[str, str], *, before: date, today: date) -> list[Screen]:
    """Decisions of earlier meetings that are not done, oldest first, with the newest word on each."""
    rows = Decision.objects.filter(done_on=None, meeting__held_on__lt=before).select_related("meeting")
    return [
        {**_decision(found, by_key, names), "is_late": bool(found.due_on and found.due_on < today)}
        for found in rows.prefetch_related("follow_ups__author").order_by("due_on", "pk")
    ]


def _decision(found: Decision, by_key: dict[str, Measure], names: dict[str, str]) -> Screen:
    measure = by_key.get(found.measure_key)
    return {
        "decision": found,
        "title": f"施策{measure.number} {measure.name.ja}" if measure else found.measure_key,
        "section": names.get(found.section_key, found.section_key),
        "text": found.text,
        "due_on": wareki.long(found.due_on) if found.due_on else "期限なし",
        "done_on": wareki.long(found.done_on) if found.done_on else "",
        "last": [item.text for item in found.follow_ups.all()][-1:],
    }


def council_list(*, today: date) -> Screen:
    """Meetings, what waits for the next one, and the decisions that are open."""
    by_key = {measure.key: measure for measure in queries.all_measures()}
    names = {key: name.ja for key, name in queries.section_names().items()}
    return {
        "meetings": list(Meeting.objects.select_related("period")),
        "waiting": list(AgendaItem.objects.filter(meeting=None)),
        "open_decisions": followed(by_key, names, before=date.max, today=today),
        "periods": list(Period.objects.order_by("-half")),
        "today": today,
    }
