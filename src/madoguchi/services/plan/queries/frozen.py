"""What a snapshot holds: the report, where the measure stood, and its figures, in plain JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from madoguchi.services.plan.models import Line, Period, Report, Snapshot
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import evidence
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.queries.measures import all_measures
from madoguchi.services.plan.rules import reports as rules

Body = dict[str, Any]


def body_of(report: Report, measure: Measure) -> Body:
    """The report as it stands at the end of its half-year. Words as typed; figures with their source and day."""
    original = queries.bars_of(queries.baseline_promise(measure.key))
    lines = list(report.lines.select_related("step").order_by("step__position"))
    return {
        **written(report, measure, lines, original, state=Report.State.FIXED),
        "figures": evidence.figures_at(measure, report.period.half_year),
    }


def written(report: Report, measure: Measure, lines: list[Line], original: Mapping[str, Any], *, state: str) -> Body:
    """What the report itself says, without the figures."""
    on = report.period.half_year.last
    facts = [queries.facts(line, original) for line in lines]
    return {
        "measure": {"key": measure.key, "number": measure.number, "name": measure.name.ja},
        "half": report.period.half,
        "submitted_at": report.submitted_at.isoformat() if report.submitted_at else None,
        "standing": {
            "state": str(state),
            "measure_state": rules.measure_state(rules.step_state(item, on) for item in facts),
            "progress": asdict(rules.progress(facts, on)),
        },
        "lines": [_line(line, original, rules.step_state(item, on)) for line, item in zip(lines, facts, strict=True)],
        "issues": report.issues,
    }


def _line(line: Line, original: Mapping[str, Any], state: str) -> Body:
    return {
        "key": line.step.key,
        "title": line.step.title,
        "baseline": list(original.get(line.step.key, ("", ""))),
        "planned": [line.step.planned_first, line.step.planned_last],
        "forecast": [line.forecast_first, line.forecast_last],
        "started_on": line.started_on.isoformat() if line.started_on else None,
        "finished_on": line.finished_on.isoformat() if line.finished_on else None,
        "state": state,
        "reason": line.reason,
        "comment": line.comment,
    }


def bodies(period: Period) -> dict[str, Body]:
    """Every measure of a period: frozen where it is fixed, else as it stands now. Five queries."""
    fixed = dict(Snapshot.objects.filter(period=period).values_list("measure_key", "body"))
    originals = {found.measure_key: queries.bars_of(found.body) for found in queries.baselines()}
    by_key = {found.key: found for found in all_measures()}
    rows = period.reports.select_related("period").prefetch_related(queries.LINES)
    found = dict(fixed)
    for report in rows:
        if report.measure_key not in fixed and report.measure_key in by_key:
            lines = list(report.lines.all())
            original = originals.get(report.measure_key, {})
            body = written(report, by_key[report.measure_key], lines, original, state=report.state)
            found[report.measure_key] = {**body, "figures": []}
    return found
