"""The story of a measure, and the newest of all of them, in the words of the page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import calendar_words
from madoguchi.services.plan.queries.story import Event
from madoguchi.services.plan.screens.reports import STATUS
from madoguchi.services.plan.screens.status import state_words
from madoguchi.ui.templatetags.face import wareki

Screen = dict[str, Any]


def story(events: Iterable[Event]) -> list[Screen]:
    """Every event as a line: when, what, and in the words of whoever wrote them (Japanese) why."""
    return [
        {
            "uid": event.uid,
            "at": event.at,
            "title": title(event),
            "note": note(event),
            "text": event.facts.get("text") or event.facts.get("reason", ""),
            "digest": event.facts.get("digest", ""),
            **_tag(event),
        }
        for event in events
    ]


def title(event: Event) -> str:
    """What happened, in one sentence."""
    facts = event.facts
    match event.kind:
        case "locked":
            return _("仕事が始まり、はじめの計画を固定しました")
        case "changed":
            return _("計画を変更しました（%(number)s回目）") % {"number": facts["number"]}
        case "fixed":
            return _("%(half)sの報告を確定しました") % {"half": half_words(facts["half"])}
        case "decided":
            return _("会議で決定しました（%(meeting)s）") % {"meeting": facts["meeting"]}
        case "settled":
            return _("会議の決定を終えました")
        case _:
            return _("終わったあとの評価を確定しました")


def note(event: Event) -> str:
    """What goes with it; empty where there is nothing."""
    facts = event.facts
    match event.kind:
        case "fixed" if facts["total"]:
            return _("工程%(total)sのうち%(done)sが終わりました") % {"total": facts["total"], "done": facts["done"]}
        case "decided" if facts["due_on"]:
            return _("%(day)sまでにします") % {"day": wareki(facts["due_on"])}
        case "changed" if facts["after_lock"]:
            return _("はじめの計画を固定したあとの変更です")
        case "settled":
            return _("決定：%(text)s") % {"text": facts["decision"]}
        case "evaluated":
            return _grades(facts["grades"])
        case _:
            return ""


def _grades(grades: dict[str, dict[str, str]]) -> str:
    names = {"schedule": _("進捗"), "effect": _("効果"), "cost": _("費用")}
    office = grades["office"]
    return _("、").join(f"{name} {office.get(axis) or '—'}" for axis, name in names.items())


def _tag(event: Event) -> Screen:
    if event.kind == "fixed":
        return {"status": STATUS[event.facts["state"]], "word": state_words()[event.facts["state"]]}
    if event.kind == "changed" and event.facts["is_major"]:
        return {"status": "warn", "word": _("大きな変更")}
    return {}


def half_words(half: str) -> str:
    return calendar_words.half_year(HalfYear.parse(half))


def address(event: Event) -> str:
    """Where the event stands on the page of its measure."""
    return f"{reverse('plan:measure', args=[event.measure_key])}#{event.uid}"
