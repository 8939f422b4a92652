"""What waits in the plan, on the staff desk."""

from datetime import date

from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may, sections_with
from madoguchi.kernel.registry.public import DeskView
from madoguchi.services.plan import queries
from madoguchi.services.plan.models import AgendaItem, Draft, Period, Report
from madoguchi.services.plan.rules import renewal
from madoguchi.services.plan.rules.reports import WRITABLE


def views(person: Person, *, today: date) -> list[DeskView]:
    """What waits for this person: reports to write, reports to check, systems to renew."""
    return [*_reports(person), *_council(person), *_drafts(person), *_systems(person, today)]


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
