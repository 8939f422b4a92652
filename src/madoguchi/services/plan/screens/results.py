"""What became of the measures, for everyone: a word for each, and the whole of one measure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madoguchi.kernel.citydata.public import records
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import calendar_words
from madoguchi.services.plan.models import Evaluation
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import evidence, plan_of, results
from madoguchi.services.plan.queries.story import events as happened
from madoguchi.services.plan.screens import story
from madoguchi.services.plan.screens.reports import STATUS, days_of
from madoguchi.services.plan.screens.status import state_words
from madoguchi.ui.templatetags.face import tag
from madoguchi.ui.words import LocalText

Screen = dict[str, Any]


def tags(found: Mapping[str, results.Result]) -> dict[str, SafeString]:
    """The drawn tag of every measure; a word that many share is drawn once."""
    drawn: dict[tuple[Any, ...], SafeString] = {}
    shown = {}
    for key, row in found.items():
        kind = (row.silent_days, row.fixed_half and row.state, row.is_in)
        if kind not in drawn:
            drawn[kind] = _drawn(result_tag(row))
        shown[key] = drawn[kind]
    return shown


def _drawn(shown: Screen) -> SafeString:
    return tag(shown["status"], shown["word"])


def result_tag(row: results.Result) -> Screen:
    """Status and word of one measure: silence before anything else."""
    if row.silent_days:
        days = ngettext("報告なし（%(days)s日）", "報告なし（%(days)s日）", row.silent_days) % {"days": row.silent_days}
        return {"status": "err", "word": days}
    if row.fixed_half:
        return {"status": STATUS[row.state], "word": state_words()[row.state]}
    return {"status": "wait" if row.is_in else "plain", "word": _("確認中") if row.is_in else _("報告の準備中")}


def measure(found: Measure, today: date) -> Screen:
    """State, bars, indicators, evaluation, and everything that happened."""
    row = results.results(today, plan_of(found)).get(found.key)
    body = results.last_fixed(found.key)
    baseline = results.baseline(found.key)
    evaluation = results.confirmed_evaluation(found.key)
    events = happened(found.key)
    return {
        "result": result_tag(row) if row else None,
        "result_half": _half(row.half) if row else "",
        "fixed_half": _half(row.fixed_half) if row else "",
        "progress": row.progress if row and row.fixed_half else None,
        "gantt": _gantt(body, baseline.body if baseline else None) if body else [],
        "today": today,
        "indicators": [_indicator(item) for item in evidence.followed(found, today)],
        "changes": sum(event.kind == "changed" for event in events),
        "story": story.story(events),
        "evaluation": _evaluation(evaluation) if evaluation else None,
    }


def _gantt(body: Screen, baseline: Screen | None) -> list[Screen]:
    """As first planned, as planned in the last fixed report, as it was."""
    words = state_words()
    original = {step["key"]: (step["first"], step["last"]) for step in baseline["schedule"]} if baseline else {}
    now = results.planned(body["measure"]["key"])
    return [
        {
            "label": line["title"],
            "baseline": days_of(*original.get(line["key"], tuple(line["planned"]))),
            "revised": _revised(now.get(line["key"]), original.get(line["key"], tuple(line["planned"]))),
            "actual": _actual(line),
            "note": line["reason"],
            "status": STATUS[line["state"]],
            "word": words[line["state"]],
        }
        for line in body["lines"]
    ]


def _revised(now: tuple[str, str] | None, before: tuple[str, str]) -> tuple[date, date | None] | None:
    """The plan of now where it is another: a change is public with its reason from the day it is made."""
    return days_of(*now) if now and now != before else None


def _actual(line: Mapping[str, Any]) -> tuple[date, date | None] | None:
    if not line["started_on"]:
        return None
    finished = line["finished_on"]
    return date.fromisoformat(line["started_on"]), date.fromisoformat(finished) if finished else None


def _indicator(found: evidence.Followed) -> Screen:
    last = found.last
    return {
        "item": found.item,
        "value": None if last is None else f"{last.value:g}",
        "last": last,
        "age_days": found.age_days,
        "is_stale": found.is_stale,
        "history": [point.value for point in found.points],
        "target": found.item.target,
        "target_half": calendar_words.half_year(HalfYear.parse(found.item.target_half))
        if found.item.target_half
        else "",
        "expected": found.expected,
        "points": found.points[::-1],
    }


def _half(text: str | None) -> str:
    return calendar_words.half_year(HalfYear.parse(text)) if text else ""


def _evaluation(found: Evaluation) -> Screen:
    """Three axes, three sides, in the words of the page."""
    body: Screen = found.frozen or {}
    names = {"schedule": _("進捗"), "effect": _("効果"), "cost": _("費用")}
    sides = {"rule": _("規則"), "owner": _("主管課"), "office": _("計画の担当課")}
    grades: dict[str, LocalText] = {
        grade.key: grade.name
        for book in records("plan.rulebook")
        if book.key == body["rulebook"]
        for grade in book.grades
    }
    return {
        "rows": [
            {
                "name": name,
                "value": axis_words(axis, body["axes"][axis]["value"]),
                "grades": [(label, body["grades"][side].get(axis, "")) for side, label in sides.items()],
                "apart": axis in body["disagreements"],
            }
            for axis, name in names.items()
        ],
        "grades": grades,
        "changes_after_lock": body["changes_after_lock"],
        "reasons": [reason for reason in body["reasons"].values() if reason],
        "confirmed_at": found.confirmed_at,
        "digest": found.digest,
    }


def axis_words(axis: str, value: float | None) -> str:
    """A deviation in the words of the page; unknown is said so."""
    if value is None:
        return _("分からない（くらべる数字がない）")
    number = f"{abs(value):g}"
    if axis == "schedule":
        if value == 0:
            return _("計画どおり")
        late, early = _("%(number)s半期の遅れ"), _("%(number)s半期早い")
        return (late if value > 0 else early) % {"number": number}
    if axis == "effect":
        return _("目標の%(number)s％") % {"number": number}
    if value == 0:
        return _("見込みどおり")
    more, less = _("見込みより%(number)s％多い"), _("見込みより%(number)s％少ない")
    return (more if value > 0 else less) % {"number": number}
