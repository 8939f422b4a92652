"""What a measure's changes and its evaluation show, as plain values."""

from datetime import date
from typing import Any

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.services.plan import access
from madoguchi.services.plan.models import Baseline, Change, Evaluation, Line, Period
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import costs, evidence
from madoguchi.services.plan.queries import evaluations as judging
from madoguchi.services.plan.queries import reports as reading
from madoguchi.services.plan.rules import evaluation as rules
from madoguchi.services.plan.screens.council import change_of, value_words
from madoguchi.services.plan.screens.reports import gantt_rows

Screen = dict[str, Any]


def changes(measure: Measure, *, today: date) -> Screen:
    """Every change with before and after, newest first; the chart; the locked promise."""
    baseline = Baseline.objects.filter(measure_key=measure.key).select_related("locked_by").first()
    found = Change.objects.filter(measure_key=measure.key).select_related("made_by").order_by("-number")
    return {
        "measure": measure,
        "baseline": baseline,
        "changes": [change_of(change, {measure.key: measure}) for change in found],
        "gantt": gantt_rows(newest_lines(measure.key), reading.bars_of(baseline.body if baseline else None)),
        "today": today,
    }


def newest_lines(key: str) -> list[Line]:
    """The lines of the newest period, whatever its state."""
    newest = Period.objects.order_by("-half").first()
    rows = Line.objects.filter(report__period=newest, step__measure_key=key) if newest else Line.objects.none()
    return list(rows.select_related("step").order_by("step__position"))


def evaluation(measure: Measure, person: Person) -> Screen:
    """The rule's figures beside both verdicts; confirmed ones as they were frozen."""
    draft = Evaluation.objects.filter(measure_key=measure.key).first()
    base: Screen = {
        "measure": measure,
        "draft": draft,
        "confirmed": draft.confirmed_at if draft else None,
        "is_completed": judging.is_completed(measure.key),
        "may_own": access.may_write(person, measure),
        "may_check": may(person, "plan.report.check"),
        "indicators": evidence.entered_keys(measure),
    }
    if draft is None:
        return base
    sides = judging.sides(draft)
    axes: dict[str, Any] = (
        draft.frozen["axes"]
        if draft.frozen
        else {axis: found.as_json() for axis, found in judging.by_rule(measure, draft).items()}
    )
    rule = {axis: axes[axis]["grade"] for axis in rules.AXES}
    owner, office = (judging.grades_of(sides.get(side)) for side in ("owner", "office"))
    apart = rules.disagreements(rule, owner, office)
    return base | {
        "book": judging.book_of(draft),
        "rule": rule,
        "axes": [
            {
                "name": name,
                "value": value_words(axis, axes[axis]["value"]) or axes[axis]["why"],
                "rule": rule[axis] or "—",
                "owner": owner.get(axis) or "—",
                "office": office.get(axis) or "—",
                "apart": axis in apart,
            }
            for axis, name in rules.AXES.items()
        ],
        "steps": axes["schedule"]["parts"],
        "effects": axes["effect"]["parts"],
        "cost": axes["cost"]["parts"][0],
        "has_lines": bool(costs.lines(measure.key)),
        "verdicts": list(draft.verdicts.select_related("given_by")),
        "changes_after_lock": judging.changes_after_lock(measure.key),
    }
