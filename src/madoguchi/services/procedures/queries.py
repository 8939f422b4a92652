"""Reads that are worth a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from madoguchi.kernel.accounts.public import Person, sections_with, staff_with
from madoguchi.kernel.citydata.public import calendar, parameter, records
from madoguchi.kernel.mandates.public import Acting
from madoguchi.lib.workdays import BusinessCalendar
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.pack import Page, Question
from madoguchi.services.procedures.rules import OPEN_STATES, visible_questions

State = Case.State
WHOLE = ("revision__record", "applicant", "mandate__agent", "holder")  # a case with those it names


def of(acting: Acting) -> dict[str, Any]:
    """The cases somebody may see to: a person's own, all of them; of those an agent sees to, the agent's own."""
    return {"applicant": acting.person, **({"mandate": acting.mandate} if acting.mandate else {})}


def own_case(acting: Acting, case_uid: UUID) -> Case:
    """Raises: Http404 for a case that is not there, or someone else's."""
    try:
        return Case.objects.select_related(*WHOLE).get(uid=case_uid, **of(acting))
    except Case.DoesNotExist as error:
        raise Http404 from error


def desk_case(actor: Person, case_uid: UUID) -> Case:
    """A submitted case of a section the actor may look into. Raises: Http404 otherwise, as if it did not exist."""
    found = visible_to(actor).select_related(*WHOLE).filter(uid=case_uid).first()
    if found is None:
        raise Http404
    return found


def visible_to(actor: Person) -> QuerySet[Case]:
    """Every submitted case in the sections where the actor has the permission to look."""
    sections = sections_with(actor, "procedures.case.view")
    submitted = Case.objects.exclude(state=State.DRAFT)
    return submitted if sections is None else submitted.filter(section_key__in=sections)


def colleagues(actor: Person, *, on: date) -> list[Person]:
    """Who may decide cases in the sections where the actor may, by name."""
    sections = sections_with(actor, "procedures.case.decide")
    keys = [None] if sections is None else [None, *sorted(sections)]
    found = {one.pk: one for key in keys for one in staff_with("procedures.case.decide", section_key=key, on=on)}
    return sorted(found.values(), key=lambda one: one.name)


def told(case: Case, *, on: date) -> list[Person]:
    """Who gets the notices of a case: the applicant, and the agent as long as the mandate is in force."""
    agent = case.mandate.agent if case.mandate and case.mandate.is_in_force(on) else None
    return [case.applicant, *([agent] if agent else [])]


def draft_days(on: date) -> int | None:
    """For how many days a draft is kept; None where the city has not said."""
    try:
        return int(parameter("procedures_draft_days", on=on).value)
    except LookupError:
        return None


def file_names(case: Case) -> dict[str, str]:
    """Names of the attached files by uid; of those that do not open, why."""
    files = [item.file for item in case.attachments.select_related("file")]
    return {str(file.uid): file.name if file.opens else f"{file.name}（{file.get_state_display()}）" for file in files}


def pages_with_bad_files(case: Case) -> list[Page]:
    """The pages with a file on them that a scan has shut: its sender has to take another."""
    keys = {item.question_key for item in case.attachments.select_related("file") if item.file.is_bad}
    if not keys:
        return []
    return [
        page
        for page in case.procedure.pages
        if keys & {question.key for question in visible_questions(page, case.answers)}
    ]


def number_question(case: Case) -> Question | None:
    """The question whose answer is a personal number that was given, if there is one."""
    asked = (question for question in case.procedure.questions() if question.type == "personal_number")
    return next((question for question in asked if case.answers.get(question.key)), None)


VIEWS: dict[str, tuple[str, Q]] = {
    "open": ("進行中", Q(state__in=OPEN_STATES)),
    "late": ("期限を過ぎたもの", Q()),
    "correcting": ("補正待ち", Q(state=State.CORRECTING)),
    "closed": ("終わったもの", ~Q(state__in=[*OPEN_STATES, State.DRAFT])),
}


def in_view(cases: QuerySet[Case], view: str, *, today: date) -> QuerySet[Case]:
    condition = Q(state=State.SUBMITTED, due_on__lt=today) if view == "late" else VIEWS[view][1]
    return cases.filter(condition)


def by_due_date(cases: QuerySet[Case]) -> QuerySet[Case, int]:
    """Keys of cases, earliest due date first, paused ones last: keys are sorted from the index, rows are not read."""
    return cases.order_by(F("due_on").asc(nulls_last=True), "submitted_at").values_list("pk", flat=True)


def with_applicants(keys: Iterable[int]) -> list[Case]:
    """The cases of those keys, in that order, with the name of the applicant and without the answers."""
    unread = ["answers", *(f"applicant__{fact}" for fact in ("address", "birthdate_text", "gender", "email"))]
    order = {key: place for place, key in enumerate(keys)}
    found = Case.objects.filter(pk__in=order).select_related("applicant", "holder").defer(*unread)
    return sorted(found, key=lambda case: order[case.pk])


def view_counts(actor: Person, *, today: date) -> dict[str, int]:
    """How many cases each saved view holds. One query, then remembered on the person: a page asks twice."""
    remembered: dict[date, dict[str, int]] = actor.__dict__.setdefault("_case_counts", {})
    if today not in remembered:
        conditions = {
            view: Count("pk", filter=Q(state=State.SUBMITTED, due_on__lt=today) if view == "late" else condition)
            for view, (_label, condition) in VIEWS.items()
        }
        remembered[today] = visible_to(actor).aggregate(**conditions)
    return remembered[today]


@dataclass(frozen=True)
class DeskRow:
    """One line of the list; `left` is working days until the due date, negative when late, None while paused."""

    case: Case
    procedure: str
    section: str
    left: int | None

    @property
    def urgency(self) -> str:
        if self.left is None:
            return ""
        return "late" if self.left < 0 else "soon" if self.left <= 1 else ""


def desk_rows(cases: Iterable[Case], *, today: date) -> list[DeskRow]:
    """A page of cases with names and days left; a constant number of queries."""
    days = calendar()
    procedures = {procedure.key: procedure.name.ja for procedure in records("procedure")}
    sections = {section.key: section.name_ja for section in records("section")}
    return [
        DeskRow(
            case,
            procedures.get(case.procedure_key, case.procedure_key),
            sections.get(case.section_key, case.section_key),
            working_days_left(case.due_on, today, days),
        )
        for case in cases
    ]


def working_days_left(due_on: date | None, today: date, days: BusinessCalendar) -> int | None:
    if due_on is None:
        return None
    return days.count(today, due_on) if due_on >= today else -days.count(due_on, today)
