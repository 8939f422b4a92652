"""For tests and benchmarks: periods, reports written and handed in."""

from datetime import UTC, datetime, time
from typing import Any

from django.test import Client

from madoguchi.kernel.accounts.public import Person
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.actions import periods
from madoguchi.services.plan.actions import reports as actions
from madoguchi.services.plan.models import Line, Period, Report
from madoguchi.services.plan.rules import reports as rules


def open_period(half: HalfYear) -> Period:
    """The period, opened on the first day after it."""
    return periods.open_period(half, actor=None, now=datetime.combine(half.next.first, time(3), UTC))


def edits(report: Report, /, **fields: dict[str, str]) -> list[actions.Edit]:
    """Edits by key of step (s1, s2_1; `report` for the report itself), written by somebody who saw the newest."""
    lines: dict[str, Line] = {line.step.key: line for line in report.lines.select_related("step")}
    found = []
    for key, values in fields.items():
        step_key = "" if key == "report" else key.removeprefix("s").replace("_", "-")
        row: Any = lines[step_key] if step_key else report
        found += [
            actions.Edit(step_key, name, text, rules.token(actions.text_of(row, name))) for name, text in values.items()
        ]
    return found


def write(report: Report, actor: Person, now: datetime, /, **fields: dict[str, str]) -> actions.Saved:
    """Save fields; every one of them must be taken."""
    saved = actions.save(report.pk, edits(report, **fields), actor=actor, now=now)
    assert not saved.refused, saved.refused
    assert not saved.met
    return saved


def as_sent(desk: Client, address: str, **changed: str) -> dict[str, Any]:
    """What the page's form would send, with some fields changed."""
    form = desk.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (shown | changed).items() if value is not None}
