"""What a snapshot holds: the report, where the measure stood, and its figures, in plain JSON."""

from dataclasses import asdict
from typing import Any

from madoguchi.services.plan.models import Report
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import evidence
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.rules import reports as rules


def body_of(report: Report, measure: Measure) -> dict[str, Any]:
    """The report as it stands at the end of its half-year. Words as typed; figures with their source and day."""
    on = report.period.half_year.last
    original = queries.bars_of(queries.baseline_promise(measure.key))
    lines = list(report.lines.select_related("step").order_by("step__position"))
    facts = [queries.facts(line, original) for line in lines]
    return {
        "measure": {"key": measure.key, "number": measure.number, "name": measure.name.ja},
        "half": report.period.half,
        "submitted_at": report.submitted_at.isoformat() if report.submitted_at else None,
        "standing": {
            "state": Report.State.FIXED.value,
            "measure_state": rules.measure_state(rules.step_state(item, on) for item in facts),
            "progress": asdict(rules.progress(facts, on)),
        },
        "lines": [
            {
                "key": line.step.key,
                "title": line.step.title,
                "baseline": list(original.get(line.step.key, ("", ""))),
                "planned": [line.step.planned_first, line.step.planned_last],
                "forecast": [line.forecast_first, line.forecast_last],
                "started_on": line.started_on.isoformat() if line.started_on else None,
                "finished_on": line.finished_on.isoformat() if line.finished_on else None,
                "state": rules.step_state(item, on),
                "reason": line.reason,
                "comment": line.comment,
            }
            for line, item in zip(lines, facts, strict=True)
        ],
        "issues": report.issues,
        "figures": evidence.figures_at(measure, report.period.half_year),
    }
