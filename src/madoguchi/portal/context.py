"""What every page's frame needs: the city, the languages, the menu."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madoguchi.kernel.accounts.public import may
from madoguchi.kernel.citydata.public import UnknownRecord, record
from madoguchi.kernel.emergencies.public import emergency_of
from madoguchi.kernel.mandates.public import principal_name
from madoguchi.kernel.registry.public import hooks, services
from madoguchi.kernel.speech.public import address_of
from madoguchi.lib import clock
from madoguchi.ui.languages import wants_furigana


def frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "acting_for": SimpleLazyObject(lambda: principal_name(request)),
        "city": SimpleLazyObject(_city),
        "emergency": SimpleLazyObject(lambda: emergency_of(request.user)),
        "page_languages": [(code, label, code == get_language()) for code, label in settings.LANGUAGES],
        "listen": SimpleLazyObject(lambda: address_of(request)),
        "furigana": wants_furigana(request),
        "navigation": _navigation(request),
        "about_links": [
            *({"label": label, "url": reverse("portal:about", args=[key])} for key, label in about_titles().items()),
            {"label": _("用語"), "url": reverse("portal:glossary")},
        ],
        "rail": SimpleLazyObject(lambda: _rail(request)),
        "rehearsal": settings.DEMONSTRATION,
    }


def _city() -> Any:
    """None before a city is applied: the page of an error stands without it."""
    try:
        return record("city", "city")
    except UnknownRecord:
        return None


def about_titles() -> dict[str, str]:
    """Pages about this site: key and title."""
    return {
        "privacy": _("個人情報の取扱い"),
        "accessibility": _("ウェブアクセシビリティ"),
        "data": _("オープンデータとAPI"),
    }


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    items = [
        (_("手続"), reverse("portal:directory")),
        (_("くらしのできごと"), reverse("portal:directory") + "?by=event"),
        *((service.name, reverse(service.menu)) for service in services() if service.menu),
    ]
    person = getattr(request, "user", None)  # a request refused at the outermost gate, as for a foreign host, has none
    if not getattr(person, "is_staff_member", False):
        items.append((_("マイページ"), reverse("portal:my_page")))
    here = request.get_full_path()
    return [{"label": label, "url": url, "current": here == url} for label, url in items]


ADMINISTRATION = [
    ("職員", "accounts:people", "accounts.post.manage"),
    ("組織改正", "accounts:reorganisations", "accounts.section.reorganise"),
    ("代理の届出", "mandates:claims", "mandates.claim.decide"),
    ("緊急閲覧", "emergencies:take", "emergencies.access.open"),
    ("緊急閲覧の確認", "emergencies:accesses", "emergencies.access.review"),
    ("監査記録", "audit:trail", "audit.trail.view"),
    ("記録の保存と廃棄", "retention:plan", "retention.plan.view"),
    ("バックアップ", "backup:runs", "backup.run.view"),
    ("定期の処理", "jobs:timetable", "jobs.timetable.view"),
    ("止まった処理", "jobs:dead_letters", "jobs.dead_letter.handle"),
    ("料金・期間などの値", "citydata:parameters", "citydata.parameter.view"),
    ("さがせなかったことば", "portal:missed", "search.missed.view"),
    ("やさしい日本語を確かめる", "portal:easy", "desk.open"),
]


def _rail(request: HttpRequest) -> list[dict[str, Any]]:
    """The staff menu: each service's saved views with their counts, then what an administrator sees to."""
    groups = []
    for service, views in hooks("desk"):
        if lines := views(request.user, today=clock.today()):
            links = [
                {
                    "label": line.label,
                    "url": line.url,
                    "count": line.count,
                    "current": request.get_full_path() == line.url,
                }
                for line in lines
            ]
            groups.append({"title": service.name, "links": links})
    links = [
        {"label": label, "url": reverse(door), "count": None, "current": request.path.startswith(reverse(door))}
        for label, door, permission in ADMINISTRATION
        if may(request.user, permission)
    ]
    return [*groups, {"title": "管理", "links": links}] if links else groups
