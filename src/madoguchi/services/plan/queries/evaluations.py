"""What an evaluation rests on: the locked promise, the dates, the last values, the cost."""

from datetime import date
from typing import Any

from madoguchi.kernel.citydata.public import records
from madoguchi.lib import clock
from madoguchi.services.plan.models import Baseline, Change, Evaluation, Line, Period, Step, Verdict
from madoguchi.services.plan.pack import Measure, Rulebook
from madoguchi.services.plan.queries import costs, evidence
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.rules import evaluation as rules
from madoguchi.services.plan.rules import timetable


def last_lines(key: str) -> list[Line]:
    """The lines of the newest period in which the measure was handed in."""
    period = (
        Period.objects.filter(reports__measure_key=key, reports__submitted_at__isnull=False).order_by("-half").first()
    )
    rows = Line.objects.filter(report__period=period, report__measure_key=key) if period else Line.objects.none()
    return list(rows.select_related("step").order_by("step__position"))


def is_completed(key: str) -> bool:
    """実施完了: every step that was not taken back has its day of completion, and is in a report that was handed in."""
    steps = set(Step.objects.filter(measure_key=key, withdrawn_on=None).values_list("pk", flat=True))
    done = {line.step_id for line in last_lines(key) if line.finished_on}
    return bool(steps) and steps <= done


def completed_keys() -> set[str]:
    """Every measure of which all steps are done in its newest handed-in report."""
    return {key for key in Step.objects.values_list("measure_key", flat=True).distinct() if is_completed(key)}


def by_rule(measure: Measure, evaluation: Evaluation) -> dict[str, rules.Axis]:
    """The three axes as the rulebook in force when the evaluation began computes them."""
    book = book_of(evaluation)
    promise = queries.baseline_promise(measure.key) or queries.promise(measure)
    finished = {line.step.key: line.finished_on for line in last_lines(measure.key) if line.finished_on}
    return {
        "schedule": rules.schedule(promise, finished, book),
        "effect": rules.effect(promise, values(promise, clock.day_of(evaluation.opened_at)), book),
        "cost": rules.cost(promise, actual(evaluation), book),
    }


def actual(evaluation: Evaluation) -> int | None:
    """実績額 in thousand yen: from the cost lines where there are some, else as it was typed."""
    lines = costs.lines(evaluation.measure_key)
    return costs.reckon(lines, None, costs.plan_years()).spent if lines else evaluation.actual_thousand_yen


def book_of(evaluation: Evaluation) -> Rulebook:
    return timetable.book_on(records("plan.rulebook"), clock.day_of(evaluation.opened_at))


def values(promise: dict[str, Any], on: date) -> dict[str, float]:
    """The last known value of every effect item on a day."""
    keys = [item["key"] for item in promise["effects"]]
    items = {item.key: item for item in queries.indicators() if item.key in keys}
    found = {key: points[-1].value for key, points in evidence.entered(keys).items() if points}
    for key, item in items.items():
        if item.figure and (value := evidence.live_value(item, on)) is not None:
            found[key] = float(value)
    return found


def sides(evaluation: Evaluation) -> dict[str, Verdict]:
    """The newest verdict of each side."""
    return {verdict.side: verdict for verdict in evaluation.verdicts.select_related("given_by").order_by("pk")}


def grades_of(verdict: Verdict | None) -> dict[str, str]:
    return {axis: getattr(verdict, axis) for axis in rules.AXES} if verdict else {}


def changes_after_lock(key: str) -> int:
    """計画の変更 made after the baseline was locked."""
    return Change.objects.filter(measure_key=key, after_lock=True).count()


def frozen(measure: Measure, evaluation: Evaluation) -> dict[str, Any]:
    """What is fixed when an evaluation is confirmed: the rule's figures, all three verdicts, the baseline's digest."""
    axes, judged = by_rule(measure, evaluation), sides(evaluation)
    by = {"rule": {axis: found.grade for axis, found in axes.items()}}
    by |= {side: grades_of(judged.get(side)) for side in ("owner", "office")}
    book = book_of(evaluation)
    return {
        "axes": {axis: found.as_json() for axis, found in axes.items()},
        "grades": by,
        "overall": {side: rules.overall(list(found.values()), book) for side, found in by.items()},
        "reasons": {side: verdict.reason for side, verdict in judged.items()},
        "disagreements": rules.disagreements(by["rule"], by["owner"], by["office"]),
        "baseline": Baseline.objects.filter(measure_key=measure.key).values_list("digest", flat=True).first() or "",
        "changes_after_lock": changes_after_lock(measure.key),
        "rulebook": book.key,
    }
