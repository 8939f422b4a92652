"""Surveys that wait for somebody, in the inbox of the desk."""

from datetime import date

from django.urls import reverse

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.desk.public import Listed, Matter
from madoguchi.services.surveys import queries
from madoguchi.services.surveys.models import Survey

State = Survey.State


def queues(person: Person, *, today: date) -> list[Listed]:
    """To prepare, to open, to publish; a survey in the field waits for nobody. One query."""
    manage = queries.PERMISSIONS[0]
    waiting = queries.visible_to(person, manage).exclude(state=State.PUBLISHED)
    found = [_matter(survey) for survey in waiting if survey.state != State.RUNNING or survey.closes_on < today]
    return [Listed(key="surveys.survey", kind="調査", found=found)] if found else []


def _matter(survey: Survey) -> Matter:
    state, since, due_on = {
        State.DRAFT: ("準備中", survey.version.saved_at if survey.version else None, survey.opens_on),
        State.RUNNING: ("開封を待つ", survey.closes_on, None),
        State.OPENED: ("公表を待つ", survey.opened_on, None),
    }[State(survey.state)]
    title = survey.questionnaire.title.ja if survey.version else survey.key
    return Matter(
        key=survey.pk,
        title=title,
        state=state,
        url=reverse("surveys:survey", args=[survey.key]),
        section_key=survey.section_key,
        since=since,
        due_on=due_on,
    )
