"""What waits in the plan, on the staff desk."""

from datetime import date

from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may, sections_with
from madoguchi.kernel.registry.public import DeskView
from madoguchi.lib import wareki
from madoguchi.services.plan import access, queries
from madoguchi.services.plan.models import AgendaItem, CostLine, Draft, Period, Report
from madoguchi.services.plan.rules import renewal
from madoguchi.services.plan.rules.reports import WRITABLE


def views(person: Person, *, today: date) -> list[DeskView]:
    """What waits for this person: reports to write or check, costs without their actual, systems to renew."""
    return [
        *_reports(person),
        *_costs(person, today),
        *_council(person),
        *_drafts(person),
        *_systems(person, today),
        *_others(person),
    ]


def _reports(person: Person) -> list[DeskView]:
    """Reports of the newest period: to write for the lead sections, to check for the plan office. One query."""
    if not may(person, "plan.report.view"):
        return []
    newest = Period.objects.order_by("-half").first()
    found = newest.reports.all() if newest else Report.objects.none()
    url = reverse("plan:reports", args=[newest.half]) if newest else reverse("plan:reports_newest")
    if may(person, "plan.report.check"):
        return [DeskView(label="確認する進捗管理表", url=url, count=found.filter(state="submitted").count())]
    sections = sections_with(person, "plan.report.write")
    waiting = found.filter(state__in=WRITABLE)
    mine = waiting if sections is None else waiting.filter(section_key__in=sections)
    return [DeskView(label="進捗管理表", url=url, count=mine.count())]


def _costs(person: Person, today: date) -> list[DeskView]:
    """Cost lines of the years that are over, of the measures this person writes, without 実績. One query."""
    if not may(person, "plan.report.view"):
        return []
    keys = [found.key for found in queries.measures() if access.may_cost(person, found)]
    open_lines = CostLine.objects.filter(actual_thousand_yen=None, fiscal_year__lt=wareki.fiscal_year(today))
    count = open_lines.filter(measure_key__in=keys).count()
    return [DeskView(label="施策の経費", url=reverse("plan:costs_desk"), count=count)]


def _council(person: Person) -> list[DeskView]:
    """What waits for the next meeting of the council. One query."""
    if not may(person, "plan.council.view"):
        return []
    waiting = AgendaItem.objects.filter(meeting=None).count()
    return [DeskView(label="ICT戦略会議", url=reverse("plan:council"), count=waiting)]


def _drafts(person: Person) -> list[DeskView]:
    """The drafts of the next plan that are not public yet. One query."""
    if not may(person, "plan.report.view"):
        return []
    count = Draft.objects.exclude(state=Draft.State.PUBLISHED).count()
    return [DeskView(label="次の計画の案", url=reverse("plan:drafts"), count=count)]


def _systems(person: Person, today: date) -> list[DeskView]:
    """Dates of the own section's systems that come within the warning time. Empty for people without systems."""
    if not may(person, "plan.system.view") or not (systems := queries.systems_of(person)):
        return []
    due = renewal.due(systems, today, queries.outline().renewal_warning_months)
    return [DeskView(label="システムの更新", url=reverse("plan:systems_desk"), count=len(due))]


def _others(person: Person) -> list[DeskView]:
    """Everybody's own page of skills; for those who may, the report of groups and the national survey."""
    found = [DeskView(label="ICTスキルの自己評価", url=reverse("plan:skills"), count=0)]
    if may(person, "plan.skill.report"):
        found.append(DeskView(label="ICTスキルの差", url=reverse("plan:skill_report"), count=0))
    if may(person, "plan.peer.revise"):
        found.append(DeskView(label="全国との比較", url=reverse("plan:peers_take"), count=0))
    return found
