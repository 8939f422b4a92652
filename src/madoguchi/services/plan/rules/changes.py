"""計画の変更: what a revision does to the schedule, and whether the pack calls it major."""

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from madoguchi.lib.halfyear import HalfYear

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import Rulebook

Promise = Mapping[
    str, Any
]  # {"schedule": [{key, title, first, last, withdrawn}], "effects": [...], "estimate_thousand_yen"}


def digest_of(body: object) -> str:
    """SHA-256 of the canonical JSON, as 64 hex digits."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def place(half: str) -> int:
    """Half-years since year 0, so that differences are half-years."""
    found = HalfYear.parse(half)
    return found.year * 2 + found.half - 1


def _ends(promise: Promise) -> dict[str, int]:
    return {step["key"]: place(step["last"]) for step in promise["schedule"] if step["last"] and not step["withdrawn"]}


def facts_of(before: Promise, after: Promise, *, plan_last: str, earlier: int) -> dict[str, Any]:
    """The variables of the rule for major changes (`pack.reporting.CHANGE_VARIABLES`)."""
    old, new = _ends(before), _ends(after)
    moved = [new[key] - old[key] for key in old.keys() & new.keys()]
    was = {step["key"]: step for step in before["schedule"]}
    withdrawn = [
        step for step in after["schedule"] if step["withdrawn"] and not was.get(step["key"], step)["withdrawn"]
    ]
    newly_past = [key for key, end in new.items() if end > place(plan_last) and old.get(key, -1) <= place(plan_last)]
    return {
        "delay_halves": max(0, max(new.values(), default=0) - max(old.values())) if old and new else 0,
        "longest_step_delay_halves": max(0, *moved) if moved else 0,
        "withdrawn_steps": len(withdrawn),
        "added_steps": len([step for step in after["schedule"] if step["key"] not in was]),
        "passes_plan_end": bool(newly_past),
        "effect_changed": before["effects"] != after["effects"],
        "estimate_change_percent": _percent(before["estimate_thousand_yen"], after["estimate_thousand_yen"]),
        "earlier_changes": earlier,
    }


def _percent(before: int | None, after: int | None) -> float | None:
    return 100 * (after - before) / before if before and after is not None else None


def is_major(book: "Rulebook", facts: dict[str, Any]) -> bool:
    """大きな変更: as the pack's rule says. Raises: ValueError when the rule's types do not fit."""
    return book.major_change.evaluate(facts) is True
