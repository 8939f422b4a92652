"""What the pages of a draft show, as plain values; staff pages speak Japanese."""

from collections.abc import Iterable
from typing import Any

from django.template.defaultfilters import floatformat

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import queries
from madoguchi.services.plan.models import Draft, DraftMeasure
from madoguchi.services.plan.pack import Indicator
from madoguchi.services.plan.queries import drafts as reading
from madoguchi.services.plan.rules import differences as comparing
from madoguchi.services.plan.rules import drafts as rules

Screen = dict[str, Any]
Body = rules.Body
FATES = {
    "changed": "内容を改めて引き継ぐ",
    "merged": "まとめる",
    "split": "分ける",
    "new": "新規施策",
    "carried": "そのまま引き継ぐ",
}


def differences(draft: Draft) -> Screen:
    """新旧対照表: every measure of the draft by what became of it, with the fields that differ."""
    plan, bodies = reading.predecessor(draft), [row.body for row in draft.measures.all()]
    before = {measure.key: measure for measure in queries.measures(plan)}
    present, later = plan.model_dump(mode="json", by_alias=True), reading.years(draft)
    running, words = reading.running(plan), _Words(present, draft)
    targets, next_targets = reading.running_indicators(plan), _bodies(reading.followed(draft))
    postponed = [rules.postponed_target(item, later) for item in targets]
    groups: dict[str, list[Screen]] = {fate: [] for fate in FATES}
    for body in bodies:
        ancestors = [before[key] for key in body["ancestors"] if key in before]
        old = [running[measure.key] for measure in ancestors]
        after = words.measure(body, next_targets)
        parts = comparing.parts(
            _together([words.measure(one, targets) for one in old], after),
            _together([words.measure(rules.postponed(one, later), postponed) for one in old], after),
            after,
        )
        fate = rules.fate(body, bodies)
        row = {"number": body["number"], "name": body["name"]["ja"], "ancestors": ancestors, "parts": parts}
        groups["changed" if fate == "carried" and parts else fate].append(row)
    whole_before, whole_after = words.outline(present), words.outline(draft.body)
    return {
        "draft": draft,
        "plan": plan,
        "whole": comparing.parts(whole_before, whole_before, whole_after),
        "groups": [(fate, FATES[fate], rows) for fate, rows in groups.items()],
        "ended": [(before[end["measure"]], end["reason"]) for end in draft.body["ended"] if end["measure"] in before],
        "left": [before[key] for key in rules.left(before, bodies, draft.body["ended"])],
    }


def measure(found: DraftMeasure) -> Screen:
    """One measure as named lines, and what the sections say of it."""
    draft = found.draft
    words = _Words(reading.predecessor(draft).model_dump(mode="json", by_alias=True), draft)
    indicators = _bodies(reading.followed(draft))
    return {
        "draft": draft,
        "found": found,
        "fields": [(name, lines) for name, lines in words.measure(found.body, indicators).items() if lines],
        "remarks": list(draft.remarks.filter(number=found.number).select_related("author")),
    }


class _Words:
    """Bodies of two plans as named lines, in the words of the later one."""

    def __init__(self, present: Body, draft: Draft) -> None:
        self.sections = {key: name.ja for key, name in queries.section_names().items()}
        self.named = {
            (kind, one["key"]): one["name"]["ja"]
            for body in (present, draft.body)
            for kind in ("goals", "fields", "act_categories")
            for one in body[kind]
        }

    def measure(self, body: Body, indicators: Iterable[Body]) -> comparing.Fields:
        goals = [goal for goal, applies in body["goals"].items() if applies]
        return {
            "施策の名前": [body["name"]["ja"]],
            "ひとことで": [body["summary"]["ja"]],
            "施策分野": self._names("fields", [body["field"]]),
            "目標の区分": self._names("goals", goals),
            "官民データ活用の取組": self._names("act_categories", body["act_categories"]),
            "主管課": self._sections(body["leads"]),
            "関係課": [*self._sections(body["related"]), *filter(None, [body["related_note"]])],
            "目的": list(filter(None, [body["purpose"]])),
            "現状": body["present_state"],
            "施策内容": body["content"],
            "達成目標": body["targets"],
            "指標の目標": [_target(item) for item in indicators if item["measure"] == body["key"]],
            "工程": [_step(task["title"], bar) for task in body["tasks"] for bar in task["planned"] or [None]],
            "想定されるリスク": [_risk(one) for one in body["risks"]],
            "費用見込": [] if body["estimate_thousand_yen"] is None else [f"{body['estimate_thousand_yen']:,}千円"],
        }

    def outline(self, body: Body) -> comparing.Fields:
        first, last = (HalfYear.parse(body[name]) for name in ("first_half", "last_half"))
        return {
            "計画の名前": [body["name"]["ja"]],
            "期間": [f"{first.label}から{last.label}まで（{last.next.year - first.year}年間）"],
            "担当課": self._sections([body["owner"]]),
            "目標": [one["name"]["ja"] for one in body["goals"]],
            "施策分野": [one["name"]["ja"] for one in body["fields"]],
            "注記": body["notes"],
        }

    def _names(self, kind: str, keys: Iterable[str]) -> list[str]:
        return [self.named.get((kind, key), key) for key in keys]

    def _sections(self, keys: Iterable[str]) -> list[str]:
        return [self.sections.get(key, key) for key in keys]


def _step(title: str, bar: Body | None) -> str:
    if bar is None:
        return f"{title}　時期の記載なし"
    first, last = HalfYear.parse(bar["from"]).label, bar["to"] and HalfYear.parse(bar["to"]).label
    return f"{title}　{first}{'から' if last != first else ''}{f'{last}まで' if last and last != first else ''}"


def _target(item: Body) -> str:
    if item["target"] is None:
        return f"{item['name']['ja']}　目標なし"
    value = floatformat(item["target"], "-2g")
    return f"{item['name']['ja']}　{value}{item['unit']['ja']}（{HalfYear.parse(item['target_half']).label}まで）"


def _bodies(indicators: Iterable[Indicator]) -> list[Body]:
    return [item.model_dump(mode="json", by_alias=True) for item in indicators]


def _risk(risk: Body) -> str:
    remedies = "、".join(risk["countermeasures"])
    return f"{risk['risk']}（対策：{remedies}）" if remedies else risk["risk"]


def _together(bodies: list[comparing.Fields], like: comparing.Fields) -> comparing.Fields:
    """The lines of several measures under one another; none of a new one."""
    return {name: [line for body in bodies for line in body[name]] for name in like}
