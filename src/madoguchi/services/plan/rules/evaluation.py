"""評価: three axes, each a deviation from what was promised before the start, and its grade from the pack."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.rules.changes import Promise, place

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import Rulebook
    from madoguchi.services.plan.pack.reporting import Threshold

AXES = {"schedule": "進捗", "effect": "効果", "cost": "費用"}


@dataclass(frozen=True)
class Axis:
    """One axis: the deviation (None: not known, and why), its grade, and the parts it was computed from."""

    value: float | None
    grade: str
    why: str = ""
    parts: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def grade(steps: Sequence["Threshold"], value: float) -> str:
    """The first step whose limit holds."""
    for step in steps:
        if step.at_most is not None and value <= step.at_most:
            return step.grade
        if step.at_least is not None and value >= step.at_least:
            return step.grade
    return steps[-1].grade


def schedule(baseline: Promise, finished: Mapping[str, date], book: "Rulebook") -> Axis:
    """進捗: half-years by which the whole measure ended later (negative: earlier) than the baseline says."""
    parts = [
        {
            "key": step["key"],
            "title": step["title"],
            "planned": step["last"],
            "finished": str(HalfYear.of(finished[step["key"]])) if step["key"] in finished else "",
            "late": place(str(HalfYear.of(finished[step["key"]]))) - place(step["last"])
            if step["last"] and step["key"] in finished
            else None,
        }
        for step in baseline["schedule"]
        if not step["withdrawn"]
    ]
    planned = [place(step["last"]) for step in baseline["schedule"] if step["last"] and not step["withdrawn"]]
    if not planned:
        return Axis(None, "", "当初計画に終わりの半期がありません。", parts)
    if not finished:
        return Axis(None, "", "完了日のある工程がありません。", parts)
    late = max(place(str(HalfYear.of(day))) for day in finished.values()) - max(planned)
    return Axis(late, grade(book.schedule, late), "", parts)


def attained(*, start: float | None, target: float, value: float) -> float:
    """達成度 in per cent of the way from start to target; without a start, of the target itself."""
    origin = start or 0.0
    if target == origin:
        return 100.0 if value == target else 0.0
    return round(100 * (value - origin) / (target - origin), 1)


def effect(baseline: Promise, values: Mapping[str, float], book: "Rulebook") -> Axis:
    """効果: the mean attainment of the items fixed before the start; one without a value counts as unknown."""
    parts: list[dict[str, Any]] = []
    for item in baseline["effects"]:
        if item["target"] is None:
            continue
        value = values.get(item["key"])
        share = None if value is None else attained(start=item["start"], target=item["target"], value=value)
        parts.append({**item, "value": value, "attained": share})
    if not parts:
        return Axis(None, "", "始める前に決めた数字の目標がありません。", parts)
    if missing := [part["name"] for part in parts if part["attained"] is None]:
        return Axis(None, "", f"実績値のない目標があります：{'、'.join(missing)}", parts)
    mean = round(sum(min(100.0, max(0.0, part["attained"])) for part in parts) / len(parts), 1)
    return Axis(mean, grade(book.effect, mean), "", parts)


def cost(baseline: Promise, actual_thousand_yen: int | None, book: "Rulebook") -> Axis:
    """費用: per cent above (negative: below) the estimate made before the start."""
    estimate = baseline["estimate_thousand_yen"]
    parts = [{"estimate": estimate, "actual": actual_thousand_yen}]
    if not estimate:
        return Axis(None, "", "始める前の費用見込がありません。", parts)
    if actual_thousand_yen is None:
        return Axis(None, "", "実績額がまだ入力されていません。", parts)
    over = round(100 * (actual_thousand_yen - estimate) / estimate, 1)
    return Axis(over, grade(book.cost, over), "", parts)


def overall(grades: Sequence[str], book: "Rulebook") -> str:
    """総合: the worst of the known grades; empty when none is known."""
    order = [step.key for step in book.grades]
    known = [order.index(found) for found in grades if found in order]
    return order[max(known)] if known else ""


def disagreements(rule: Mapping[str, str], owner: Mapping[str, str], office: Mapping[str, str]) -> list[str]:
    """The axes on which the three do not say the same; sides that said nothing do not disagree."""
    found = []
    for axis in AXES:
        said = {side[axis] for side in (rule, owner, office) if side.get(axis)}
        if len(said) > 1:
            found.append(axis)
    return found
