"""The dates of the systems as a calendar that other programs subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from madoguchi.lib import clock
from madoguchi.lib.access import public_page
from madoguchi.services.plan import queries
from madoguchi.services.plan.rules import renewal
from madoguchi.services.plan.system_forms import LABELS


@public_page
@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    """Every date of every system, of one section with `?section=`."""
    section = request.GET.get("section", "")
    rows = [row for row in queries.systems() if section in ("", row.system.section)]
    headers = {"Content-Disposition": 'inline; filename="systems.ics"'}
    return HttpResponse(_calendar(rows), content_type="text/calendar; charset=utf-8", headers=headers)


def _calendar(rows: Iterable[queries.SystemRow]) -> bytes:
    from icalendar import Calendar, Event  # not at start: only this page needs it

    plan = queries.outline()
    calendar = Calendar()
    calendar.add("prodid", "-//Madoguchi//plan//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{plan.name.ja} システムの更新")
    host = settings.SITE_URL.split("//")[-1]
    stamp = datetime.combine(date(2000, 1, 1), time.min, clock.TOKYO)  # the same answer for the same data
    for row in rows:
        for milestone in renewal.MILESTONES:
            event = Event()
            event.add("uid", f"plan-system-{row.system.key}-{milestone}@{host}")
            event.add("dtstamp", stamp)
            event.add("dtstart", date.fromisoformat(f"{renewal.month_of(row.system, milestone)}-01"))
            event.add("summary", f"{LABELS[milestone]}：{row.system.name}（{row.section.ja}）")
            event.add("url", settings.SITE_URL + reverse("plan:systems"))
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return calendar.to_ical()
