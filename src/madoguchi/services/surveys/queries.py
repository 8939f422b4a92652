"""Reads that are worth a name."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404

from madoguchi.kernel.accounts.public import Person, sections_with
from madoguchi.services.surveys.models import Code, Sheet, Stratum, Survey

PERMISSIONS = ("surveys.survey.manage", "surveys.paper.key", "surveys.result.view", "surveys.result.export")


def visible_to(person: Person, permission: str = "") -> QuerySet[Survey]:
    """Surveys of the sections where the person has the permission; without one, any permission of this service."""
    condition = Q(pk__in=[])
    for name in (permission,) if permission else PERMISSIONS:
        sections = sections_with(person, name)
        condition |= Q() if sections is None else Q(section_key__in=sections)
        if sections is None:
            return Survey.objects.select_related("version")
    return Survey.objects.filter(condition).select_related("version")


def staff_survey(person: Person, key: str, permission: str) -> Survey:
    """Raises: Http404 where the person may not, as if it did not exist."""
    found = visible_to(person, permission).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def published(key: str) -> Survey:
    """Raises: Http404."""
    found = Survey.objects.select_related("version").filter(key=key, state=Survey.State.PUBLISHED).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Response:
    """配布と回収 of a stratum, or of all."""

    label: str
    letters: int
    online: int
    paper: int

    @property
    def returned(self) -> int:
        return self.online + self.paper

    @property
    def percent(self) -> float | None:
        return round(100 * self.returned / self.letters, 1) if self.letters else None


def responses(survey: Survey) -> list[Response]:
    """By stratum in order, the total last. Two queries."""
    counted = {
        row["stratum"]: row
        for row in survey.codes.values("stratum").annotate(
            letters=Count("pk"), online=Count("pk", filter=Q(use="online")), paper=Count("pk", filter=Q(use="paper"))
        )
    }
    rows = [_response(stratum, counted.get(stratum.pk, {})) for stratum in survey.strata.all()]
    return [
        *rows,
        Response("合計", *(sum(getattr(row, name) for row in rows) for name in ("letters", "online", "paper"))),
    ]


def _response(stratum: Stratum, row: dict[str, int]) -> Response:
    return Response(stratum.label, row.get("letters", 0), row.get("online", 0), row.get("paper", 0))


def by_day(survey: Survey) -> list[tuple[object, int]]:
    """How many codes were used on each day."""
    used = survey.codes.exclude(use="").values("used_on").annotate(count=Count("pk")).order_by("used_on")
    return [(row["used_on"], row["count"]) for row in used]


def unanswered(survey: Survey) -> QuerySet[Code]:
    """The letters nobody answered yet, by serial number."""
    return survey.codes.filter(use="").select_related("stratum").order_by("serial")


@dataclass(frozen=True)
class Keying:
    """How far the paper sheets are."""

    received: int
    once: int
    differing: int
    agreed: int

    @property
    def to_key(self) -> int:
        return self.received - self.once - self.differing - self.agreed


def keying(survey: Survey) -> Keying:
    counts = survey.sheets.aggregate(
        once=Count("pk", filter=Q(second_by=None)),
        differing=Count("pk", filter=Q(second_by__isnull=False, is_agreed=False)),
        agreed=Count("pk", filter=Q(is_agreed=True)),
    )
    return Keying(survey.papers_received, **counts)


def sheets_to_compare(survey: Survey) -> QuerySet[Sheet]:
    return survey.sheets.filter(is_agreed=False).exclude(second_by=None)


def next_sheet(survey: Survey) -> int:
    """The number to stamp on the next sheet."""
    return (survey.sheets.aggregate(last=Max("number"))["last"] or 0) + 1
