"""職員の机: one inbox over all services."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from madoguchi.kernel.accounts.public import Person, person_of, sections_with
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.desk.public import Asked, Inbox, closed, opening, remember, saved_views
from madoguchi.kernel.registry.public import hooks
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.portal import first_steps
from madoguchi.portal.forms import DUE, InboxFilter

PAGE = "desk"
PAGE_SIZE = 50


@staff_page("desk.open")
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person, earliest due date first; opened without filters, it opens as it was last."""
    person = person_of(request)
    if not request.GET and (query := opening(person, PAGE)):
        return redirect(f"{request.path}?{query}")
    names = {section.key: section.name_ja for section in records("section")}
    own = sections_with(person, "desk.open")
    filters = InboxFilter(request.GET, [(key, name) for key, name in names.items() if own is None or key in own])
    if request.GET:
        remember(person, PAGE, filters.query)
    inbox = _inbox(person, **filters.asked)
    page = Paginator(inbox, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "inbox": inbox,
        "page": page,
        "rows": [(kind, matter, names.get(matter.section_key, matter.section_key)) for kind, matter in page],
        "today": clock.today(),
        "due_views": _due_views(inbox, filters),
        "kinds": [(key, inbox.kinds[key], tally.listed) for key, tally in inbox.tallies.items()],
        "views": saved_views(person, PAGE),
        "steps": first_steps.DESK,
        "closed": closed(person),
    }
    return render(request, "portal/desk.html", context)


def _inbox(person: Person, *, kind: str, **asked: Any) -> Inbox:
    today = clock.today()
    sources = [*(hook for _, hook in hooks("inbox")), *map(import_string, settings.INBOXES)]
    queues = [queue for source in sources for queue in source(person, today=today)]
    only = kind if kind in {queue.key for queue in queues} else ""
    return Inbox(queues, Asked(person_id=person.pk, today=today, **asked), only=only)


def _due_views(inbox: Inbox, filters: InboxFilter) -> list[dict[str, Any]]:
    """With how many there are, everything else as it is asked for."""
    counts, chosen = vars(inbox.tally), filters.asked["due"]
    return [{"label": label, "due": due, "count": counts[due or "all"], "current": due == chosen} for due, label in DUE]
