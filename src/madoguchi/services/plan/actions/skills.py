"""Skills: answered, corrected and deleted by the person themselves; courses kept by the plan office."""

from datetime import date, timedelta

from django.db import transaction

from madoguchi.kernel.accounts.public import NotAllowed, Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.citydata.public import revise
from madoguchi.services.plan.models import SelfAssessment
from madoguchi.services.plan.pack import Course
from madoguchi.services.plan.queries import skills as queries


@transaction.atomic
def answer(
    person: Person, *, section_key: str, column_key: str, answers: dict[str, dict[str, int]], today: date
) -> SelfAssessment:
    """自己評価 of one's own, in place of the last. Raises: NotAllowed for a section or rank that is not theirs."""
    sections = queries.sections_of(person, today)
    if section_key not in sections or column_key not in {column.key for column in queries.columns_for(sections)}:
        raise NotAllowed
    values = {"section_key": section_key, "column_key": column_key, "answers": answers, "answered_on": today}
    found, _ = SelfAssessment.objects.update_or_create(person=person, defaults=values)
    record("plan.skill.answered", actor=person, target=found)
    return found


@transaction.atomic
def delete(person: Person) -> None:
    """The person's answers, if there are any."""
    if found := queries.own(person):
        record("plan.skill.deleted", actor=person, target=found)
        found.delete()


@transaction.atomic
def forget(*, today: date) -> int:
    """Delete what is older than the pack keeps it. Returns how many. Idempotent."""
    oldest = today - timedelta(days=queries.skills().keep_days)
    count, _ = SelfAssessment.objects.filter(answered_on__lt=oldest).delete()
    if count:
        record("plan.skill.forgotten", actor=None, target="plan.selfassessment", detail={"count": count})
    return count


@transaction.atomic
def keep(course: Course, *, actor: Person) -> None:
    """A course, new or corrected. Raises: NotAllowed."""
    require(actor, "plan.course.keep")
    revise("plan.course", course.key, course, actor=actor)
