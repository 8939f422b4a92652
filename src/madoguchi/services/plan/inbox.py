"""What the plan waits for, in the inbox of the desk."""

from calendar import monthrange
from datetime import date

from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may, sections_with
from madoguchi.kernel.desk.public import Listed, Matter
from madoguchi.lib import wareki
from madoguchi.services.plan import access, queries
from madoguchi.services.plan.models import CostLine, Decision, Report
from madoguchi.services.plan.rules import renewal
from madoguchi.services.plan.rules.reports import WRITABLE
from madoguchi.services.plan.system_forms import LABELS


def queues(person: Person, *, today: date) -> list[Listed]:
    """Reports, costs, decisions and dates of systems. One query each."""
    reads = may(person, "plan.report.view")
    found = {
        "report": ("進捗管理表", _reports(person) if reads else []),
        "cost": ("施策の経費", _costs(person, today) if reads else []),
        "decision": ("戦略会議の決定", _decisions(person)),
        "system": ("システムの更新", _systems(person, today)),
    }
    return [Listed(key=f"plan.{key}", kind=kind, found=matters) for key, (kind, matters) in found.items() if matters]


def _names() -> dict[str, str]:
    return {measure.key: f"{measure.number}　{measure.name.ja}" for measure in queries.all_measures()}


def _reports(person: Person) -> list[Matter]:
    """Of the periods that are open: to check for the plan office, to write for the lead sections."""
    names = _names()
    checks = may(person, "plan.report.check")
    states = [Report.State.SUBMITTED] if checks else WRITABLE
    found = Report.objects.filter(period__closed_at=None, state__in=states).select_related("period")
    if not checks and (sections := sections_with(person, "plan.report.write")) is not None:
        found = found.filter(section_key__in=sections)
    return [
        Matter(
            key=report.pk,
            title=names.get(report.measure_key, report.measure_key),
            state="確認を待つ" if checks else report.get_state_display(),
            url=reverse("plan:report", args=[report.period.half, report.measure_key]),
            section_key=report.section_key,
            since=report.submitted_at if checks else report.period.opened_at,
            due_on=report.period.check_by if checks else report.period.due_on,
        )
        for report in found
    ]


def _costs(person: Person, today: date) -> list[Matter]:
    """Measures and years that are over and lack their 実績."""
    names = _names()
    mine = {measure.key: measure for measure in queries.measures() if access.may_cost(person, measure)}
    lines = CostLine.objects.filter(actual_thousand_yen=None, fiscal_year__lt=wareki.fiscal_year(today))
    years = {(line.measure_key, line.fiscal_year): line.pk for line in lines if line.measure_key in mine}
    return [
        Matter(
            key=pk,
            title=f"{names[key]}　{wareki.fiscal_year_label(year)}の実績",
            state="実績がない",
            url=reverse("plan:cost", args=[key]),
            section_key=mine[key].leads[0],
            since=date(year + 1, 4, 1),
        )
        for (key, year), pk in years.items()
    ]


def _decisions(person: Person) -> list[Matter]:
    """What the council decided and the section has not done yet."""
    names = _names()
    found = Decision.objects.filter(done_on=None)
    if (sections := sections_with(person, "plan.report.write")) is not None:
        found = found.filter(section_key__in=sections)
    return [
        Matter(
            key=decision.pk,
            title=names.get(decision.measure_key, decision.measure_key),
            state="経過を書く",
            url=reverse("plan:follow_up", args=[decision.pk]),
            section_key=decision.section_key,
            since=decision.recorded_at,
            due_on=decision.due_on,
        )
        for decision in found
    ]


def _systems(person: Person, today: date) -> list[Matter]:
    """Dates of the own section's systems that come within the warning time; due on the last day of their month."""
    if not may(person, "plan.system.view") or not (systems := queries.systems_of(person)):
        return []
    coming = renewal.due(systems, today, queries.outline().renewal_warning_months)
    return [
        Matter(
            key=place,
            title=one.system.name,
            state=LABELS[one.milestone],
            url=reverse("plan:systems_desk"),
            section_key=one.system.section,
            due_on=_last_day(one.month),
        )
        for place, one in enumerate(coming)
    ]


def _last_day(month: str) -> date:
    year, number = map(int, month.split("-"))
    return date(year, number, monthrange(year, number)[1])
