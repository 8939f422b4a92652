"""Pages that need all services at once: home, my page, staff desk."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from madoguchi.kernel.accounts.public import set_email
from madoguchi.kernel.audit.public import act_name, history
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.desk.public import closed
from madoguchi.kernel.mandates.public import acting
from madoguchi.kernel.notify.public import choices_of, choose, newest, unread_count, way_to
from madoguchi.kernel.registry.public import hooks, services
from madoguchi.lib import clock
from madoguchi.lib.access import public_page, resident_page
from madoguchi.lib.ways import own_path
from madoguchi.portal import first_steps
from madoguchi.portal.api import api
from madoguchi.portal.context import about_titles
from madoguchi.portal.directory import entries
from madoguchi.portal.forms import EmailForm
from madoguchi.ui.languages import keep_furigana, keep_language

NOTICES = 5  # on one's own page; the others are a press away


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    found = entries()
    context = {
        "entries": [entry for entry in found if entry.is_online][:8],
        "entry_count": len(found),
        "life_events": records("life_event"),
        "more": [service for service in services() if service.menu],
    }
    return render(request, "portal/home.html", context)


@resident_page()
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """What to do, what to wait for, what the city sent; of the person somebody acts for, within the mandate."""
    whose, today = acting(request), clock.today()
    sources = [*(hook for _, hook in hooks("my_page")), *map(import_string, settings.MY_PAGES)]
    items = [item for source in sources for item in source(whose, today=today)]
    items.sort(key=lambda item: item.at, reverse=True)
    stages = {stage: [item for item in items if item.stage == stage] for stage in ("todo", "running", "done")}
    stages["todo"].sort(key=lambda item: item.due_on or date.max)
    is_own = whose.person == request.user
    context = {
        **stages,
        "today": today,
        "person": whose.person,
        "is_own": is_own,
        "unread": unread_count(request.user),
        "notices": newest(request.user, NOTICES, get_language() or "ja") if is_own else [],
        "way": way_to(request.user).value,
        "steps": first_steps.MY_PAGE,
        "steps_closed": "first-steps" in closed(request.user),
    }
    return render(request, "portal/my_page.html", context)


@resident_page()
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    initial = {"email": request.user.email, **choices_of(request.user)}
    form = EmailForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            set_email(request.user, given["email"])
            choose(request.user, channel=given["channel"], courtesy=given["courtesy"])
        messages.success(request, _("お知らせの送り先を保存しました。"))
        return redirect("portal:my_page")
    return render(request, "portal/email.html", {"form": form}, status=400 if form.is_bound else 200)


@resident_page()
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """What happened with this person's own record, from the audit trail."""
    lines = [(line.at, act_name(line)) for line in history(request.user).reverse()[:200]]
    return render(request, "portal/looks.html", {"lines": lines})


@public_page
@require_safe
def about(request: HttpRequest, key: str) -> HttpResponse:
    if key not in about_titles():
        raise Http404
    schema = api.get_openapi_schema(path_prefix=reverse("api:api-root"))["paths"]
    paths = [path for path in schema if "{" not in path]  # those of one object are in the schema
    return render(request, f"portal/about_{key}.html", {"title": about_titles()[key], "paths": paths})


@public_page
@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the register of the words in a cookie; back to the page the visitor was on."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = redirect(own_path(request.GET.get("next", ""), "/"))
    keep_language(response, code)
    return response


@public_page
@require_safe
def furigana(request: HttpRequest, wanted: str) -> HttpResponse:
    """Remember in a cookie whether readings stand above the kanji; back to the page the visitor was on."""
    if wanted not in {"on", "off"}:
        raise Http404
    response = redirect(own_path(request.GET.get("next", ""), "/"))
    keep_furigana(response, wanted=wanted == "on")
    return response
