"""次の計画の案: the present plan moved into a new period, and measures merged. Bodies are plain JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from madoguchi.lib.halfyear import HalfYear

Body = dict[str, Any]
JOINED = ("content", "targets", "present_state", "risks", "tasks", "leads", "related", "linked_plans", "survey_items")


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


def carried(measure: Body, outline: Body, years: int) -> Body:
    """A measure in the plan that follows: its bars as many years later, what belongs to the old paper left behind."""
    tasks = [
        task
        | {
            "note": "",
            "planned": None
            if task["planned"] is None
            else [{name: half and moved(half, years) for name, half in bar.items()} for bar in task["planned"]],
        }
        for task in measure["tasks"]
    ]
    return measure | {
        "key": key_of(outline["key"], measure["number"]),
        "plan": outline["key"],
        "ancestors": [measure["key"]],
        "source": outline["source"],
        "tasks": tasks,
        "sheet": "present",
        "estimate_thousand_yen": None,
        "notes": [],
    }


def key_of(plan_key: str, number: int) -> str:
    """2023-04: a key that no other plan has."""
    return f"{plan_key}-{number:02}"


def merged(first: Body, others: Sequence[Body]) -> Body:
    """One measure out of several: the first one's words, everything of all of them, each once."""
    found = dict(first)
    for name in (*JOINED, "ancestors"):
        found[name] = once(item for body in (first, *others) for item in body[name])
    found["goals"] = {goal: any(body["goals"][goal] for body in (first, *others)) for goal in first["goals"]}
    return found


def once(items: Iterable[Any]) -> list[Any]:
    """Each item at its first place."""
    found: list[Any] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def left(present: Iterable[str], bodies: Iterable[Body], ended: Iterable[Body]) -> list[str]:
    """Measures of the present plan that the draft neither goes on with nor ends with a reason."""
    kept = {key for body in bodies for key in body["ancestors"]} | {end["measure"] for end in ended}
    return [key for key in present if key not in kept]
