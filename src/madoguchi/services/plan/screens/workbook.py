"""The workbook of a section as it goes out, and the differences as it comes back."""

from datetime import date
from typing import TYPE_CHECKING, Any

from madoguchi.kernel.accounts.public import Person
from madoguchi.services.plan import queries
from madoguchi.services.plan.actions.reports import text_of
from madoguchi.services.plan.models import Intake, Period
from madoguchi.services.plan.queries import reports as reading
from madoguchi.services.plan.rules import cells
from madoguchi.services.plan.rules import reports as rules
from madoguchi.services.plan.screens.reports import bar, half_choices, label

if TYPE_CHECKING:
    from madoguchi.services.plan.workbook import Read

Screen = dict[str, Any]


def out(person: Person, period: Period, section_key: str) -> bytes | None:
    """The .xlsx of the measures a section leads; None where there are none to write."""
    rows = []
    for measure, report in reading.reports_of(person, period):
        if report.section_key != section_key:
            continue
        original = reading.bars_of(reading.baseline_promise(measure.key))
        on = period.half_year.last
        lines = list(report.lines.all())
        words = [
            (
                line,
                bar(line.step.planned_first, line.step.planned_last),
                rules.STEP_STATES[rules.step_state(reading.facts(line, original), on)],
            )
            for line in lines
        ]
        rows.append((measure, report, words))
    if not rows:
        return None
    from madoguchi.services.plan import workbook  # not at start: openpyxl weighs 20 MB

    name = queries.section_names()[section_key].ja
    return workbook.write(
        rows, section_key=section_key, section=name, halves=half_choices(queries.plan_of_half(period.half_year))
    )


def back(content: bytes, period: Period, *, today: date) -> "Read":
    """Raises: WorkbookRefused."""
    from madoguchi.services.plan import workbook

    halves = {name: key for key, name in half_choices(queries.plan_of_half(period.half_year))}
    return workbook.read(content, halves=halves, today=today)


def differences(period: Period, edits: dict[str, Any]) -> list[Screen]:
    """What a workbook would change: field by field, before and after, and where somebody else wrote meanwhile."""
    found = []
    reports = period.reports.filter(measure_key__in=edits).prefetch_related(reading.LINES)
    by_key = {report.measure_key: report for report in reports}
    for measure in queries.all_measures():
        report = by_key.get(measure.key)
        if report is None:
            continue
        lines = {line.step.key: line for line in report.lines.all()}
        for step_key, name, text, seen in edits[measure.key]:
            row = lines.get(step_key) if step_key else report
            if row is None:
                continue
            current = text_of(row, name)
            meeting = rules.meet(current=current, seen=seen, new=text)
            if meeting in ("take", "conflict"):
                found.append(
                    {
                        "measure": measure,
                        "title": lines[step_key].step.title if step_key else "",
                        "label": cells.LABELS[name],
                        "before": label(current) if name in cells.HALVES else current,
                        "after": label(text) if name in cells.HALVES else text,
                        "meets": meeting == "conflict",
                        "is_closed": report.state not in rules.WRITABLE,
                        "state": report.get_state_display(),
                    }
                )
    return found


def preview(intake: Intake) -> Screen:
    """The page that shows the differences before anything is taken."""
    found = differences(intake.period, intake.edits)
    return {
        "intake": intake,
        "period": intake.period,
        "half": intake.period.half_year.label,
        "differences": found,
        "closed": sorted({row["measure"].number for row in found if row["is_closed"]}),
        "meets": sum(row["meets"] for row in found),
    }
