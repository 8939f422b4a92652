"""What is new in the plan as Atom (RFC 4287) and RSS 2.0, of all measures or of one."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed, FeedDoesNotExist
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from madoguchi.kernel.citydata.public import UnknownRecord, record
from madoguchi.services.plan import queries
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries.story import Event, events
from madoguchi.services.plan.screens import story

MOST = 50  # entries: more than one half-year's reports of a whole plan

# Of one measure, or (None) of all.
About = Measure | None


class Atom(Feed):
    """The newest events; an entry's id is its address, which never changes."""

    feed_type: Any = Atom1Feed
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, key: str = "") -> About:  # noqa: ARG002
        try:
            return record("plan.measure", key) if key else None
        except UnknownRecord as error:
            raise FeedDoesNotExist from error

    def title(self, about: About) -> str:
        name = queries.outline().name
        return _("%(plan)s 施策%(number)s") % {"plan": name, "number": about.number} if about else str(name)

    def description(self, about: About) -> str:
        return str(about.name) if about else _("計画の新しいできごと")

    subtitle = description

    def link(self, about: About) -> str:
        return _here(reverse("plan:measure", args=[about.key]) if about else reverse("plan:index"))

    def author_name(self) -> str:
        return str(record("city", "city").name)

    def items(self, about: About) -> list[dict[str, Any]]:
        names = {found.key: found for found in queries.all_measures()}
        found = events(about.key if about else "", most=MOST)
        return [_entry(event, names.get(event.measure_key)) for event in found]

    def item_title(self, item: dict[str, Any]) -> str:
        return item["title"]

    def item_description(self, item: dict[str, Any]) -> str:
        return item["text"]

    def item_link(self, item: dict[str, Any]) -> str:
        return item["address"]

    item_guid = item_link

    def item_pubdate(self, item: dict[str, Any]) -> datetime:
        return item["at"]

    item_updateddate = item_pubdate


class Rss(Atom):
    """The same for readers that know only RSS."""

    feed_type = Rss201rev2Feed


def _entry(event: Event, measure: Measure | None) -> dict[str, Any]:
    (line,) = story.story([event])
    name = _("施策%(number)s %(name)s") % {"number": measure.number, "name": measure.name} if measure else ""
    return {
        "title": _("%(measure)s：%(what)s") % {"measure": name or event.measure_key, "what": line["title"]},
        "text": "\n".join(str(part) for part in (line.get("word"), line["note"], line["text"]) if part),
        "address": _here(story.address(event)),
        "at": event.at,
    }


def _here(path: str) -> str:
    return settings.SITE_URL + path
