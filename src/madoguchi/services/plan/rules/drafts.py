"""次の計画の案: the present plan moved into a new period, and measures merged. Bodies are plain JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.rules.changes import Promise
from madoguchi.services.plan.rules.reports import meet, token

Body = dict[str, Any]
LONGEST = 10  # years a plan may run
Fate = Literal["merged", "split", "carried", "new"]
JOINED = (
    "content",
    "targets",
    "present_state",
    "risks",
    "tasks",
    "leads",
    "related",
    "linked_plans",
    "survey_items",
    "act_categories",
    "ancestors",
)


def moved(half: str, years: int) -> str:
    """The same half of a later year."""
    found = HalfYear.parse(half)
    return str(HalfYear(found.year + years, found.half))


def next_outline(outline: Body, *, name: str) -> Body:
    """The outline of the plan that follows: as long as this one, from the day after its end."""
    first = HalfYear.parse(outline["last_half"]).next
    years = first.year - HalfYear.parse(outline["first_half"]).year
    return outline | {
        "key": str(first.year),
        "name": {"ja": name},
        "source": name,
        "first_half": str(first),
        "last_half": moved(outline["last_half"], years),
        "ended": [],
        "notes": [],
    }


def ends(first_half: str) -> list[str]:
    """The half-years with which a plan that begins so may end: after 1 to 10 whole years."""
    last = HalfYear.parse(moved(first_half, LONGEST))
    return [str(half) for half in HalfYear.parse(first_half).through(last)][1::2]


def outside(body: Body, outline: Body) -> list[str]:
    """The steps of a measure with a bar that does not lie within the period of the plan."""
    return [
        task["title"]
        for task in body["tasks"]
        if not all(lies_within(half, outline) for bar in task["planned"] or () for half in bar.values())
    ]


def lies_within(half: str | None, outline: Body) -> bool:
    """Whether a half-year belongs to the period of the plan; one that is not stated lies nowhere else."""
    return half is None or outline["first_half"] <= half <= outline["last_half"]


def tasks_of(bars: Iterable[tuple[str, str, str]]) -> list[Body]:
    """工程 out of bars (title, first and last half-year, empty where there is none): bars of one title are one task."""
    found: dict[str, Body] = {}
    for title, first, last in bars:
        task = found.setdefault(title, {"title": title, "planned": None})
        if first:
            task["planned"] = [*(task["planned"] or []), {"from": first, "to": last or None}]
    return list(found.values())


def revised(measure: Body, promise: Promise) -> Body:
    """A measure as 計画の変更 left it: the steps that stand with their half-years, and the estimate."""
    standing = [step for step in promise["schedule"] if not step["withdrawn"]]
    return measure | {
        "tasks": tasks_of((step["title"], step["first"], step["last"]) for step in standing),
        "estimate_thousand_yen": promise["estimate_thousand_yen"],
    }


def carried(measure: Body, outline: Body, years: int) -> Body:
    """A measure in the plan that follows: its bars as many years later, what belongs to the old paper left behind."""
    return postponed(measure, years) | {
        "key": key_of(outline["key"], measure["number"]),
        "plan": outline["key"],
        "ancestors": [measure["key"]],
        "source": outline["source"],
        "sheet": "present",
        "estimate_thousand_yen": None,
        "notes": [],
    }


def postponed(measure: Body, years: int) -> Body:
    """A measure with its bars later, the remarks of the old paper on them left behind."""
    tasks = [
        task | {"note": "", "planned": task["planned"] and [_bar_moved(bar, years) for bar in task["planned"]]}
        for task in measure["tasks"]
    ]
    return measure | {"tasks": tasks}


def _bar_moved(bar: Body, years: int) -> Body:
    return {end: half and moved(half, years) for end, half in bar.items()}


def postponed_target(indicator: Body, years: int) -> Body:
    """An indicator with its target later."""
    return indicator | {"target_half": indicator["target_half"] and moved(indicator["target_half"], years)}


def followed(measure: Body, indicators: Iterable[Body], years: int, targets: Mapping[str, Body]) -> dict[str, Body]:
    """The indicators that a measure of the plan that follows goes on with, by their present key.

    Each has the target the draft sets for it, else the same one as many years later.
    """
    return {
        item["key"]: postponed_target(item, years)
        | {"key": f"{measure['key']}-{item['key']}"[:80], "measure": measure["key"]}
        | targets.get(item["key"], {})
        for item in indicators
        if item["measure"] in measure["ancestors"]
    }


def blank(outline: Body, number: int) -> Body:
    """新規施策: a measure that goes on with none, before anything is written."""
    return {
        "key": key_of(outline["key"], number),
        "plan": outline["key"],
        "number": number,
        "source": outline["source"],
        "sheet": "present",
    }


def tokens(measure: Body) -> dict[str, str]:
    """What a writer saw of a measure: a token a field."""
    return {name: token(_text(value)) for name, value in measure.items()}


def met(stands: Body, given: Body, seen: Mapping[str, str]) -> tuple[Body, list[str]]:
    """What of `given` is written over a measure as it stands, and the fields where it met what somebody else wrote."""
    meetings = {
        name: meet(current=_text(stands.get(name)), seen=seen.get(name, ""), new=_text(new))
        for name, new in given.items()
    }
    taken = {name: new for name, new in given.items() if meetings[name] == "take"}
    return taken, [name for name, meeting in meetings.items() if meeting == "conflict"]


def _text(value: Any) -> str:
    return json.dumps(_standard(value), ensure_ascii=False, sort_keys=True)


def _standard(value: Any) -> Any:
    """Of every text in registers the standard one: it is what a form writes."""
    if isinstance(value, list):
        return [_standard(one) for one in value]
    if isinstance(value, dict):
        return value["ja"] if "ja" in value else {name: _standard(one) for name, one in value.items()}
    return value


def key_of(plan_key: str, number: int) -> str:
    """2023-04: a key that no other plan has."""
    return f"{plan_key}-{number:02}"


def merged(first: Body, others: Sequence[Body]) -> Body:
    """One measure out of several: the first one's words, everything of all of them, each once."""
    bodies = (first, *others)
    return first | {
        **{name: once(item for body in bodies for item in body[name]) for name in JOINED},
        "goals": {goal: any(body["goals"][goal] for body in bodies) for goal in first["goals"]},
        "related_note": "、".join(once(filter(None, (body["related_note"] for body in bodies)))),
    }


def once(items: Iterable[Any]) -> list[Any]:
    """Each item at its first place."""
    found: list[Any] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def fate(body: Body, bodies: Iterable[Body]) -> Fate:
    """What became of the present measures in this one, among all of the draft."""
    before = body["ancestors"]
    if len(before) > 1:
        return "merged"
    if sum(bool(set(before) & set(other["ancestors"])) for other in bodies) > 1:
        return "split"
    return "carried" if before else "new"


def left(present: Iterable[str], bodies: Iterable[Body], ended: Iterable[Body]) -> list[str]:
    """Measures of the present plan that the draft neither goes on with nor ends with a reason."""
    kept = {key for body in bodies for key in body["ancestors"]} | {end["measure"] for end in ended}
    return [key for key in present if key not in kept]
