"""For tests: surveys in every state, with fictional people to draw from."""

from datetime import date
from typing import Any

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.citydata.public import record
from madoguchi.lib import clock
from madoguchi.services.surveys import actions, sampling
from madoguchi.services.surveys.actions.design import NewSurvey
from madoguchi.services.surveys.models import Survey

publish = actions.publish

OPENS, CLOSES, AFTER = date(2019, 8, 1), date(2019, 8, 31), date(2019, 9, 2)
POPULATION = "age_from,age_to,sex,district,population,expected_percent\n18,39,,,60,30\n40,,,,40,60\n"
SEED = "2019-08-01"


def frame_csv(people: int = 100) -> str:
    """A list to draw from: ids, ages from 15 up, names that must not stay anywhere."""
    lines = ["id,age,name", *(f"r{number:04},{15 + number % 70},架空 {number}" for number in range(people))]
    return "\n".join(lines) + "\n"


def make_survey(actor: Person, *, key: str = "ict2019", section_key: str = "planning") -> Survey:
    """In preparation, with the sample questionnaire of the pack."""
    new = NewSurvey(key, section_key, OPENS, CLOSES, record("surveys.questionnaire", "ict"))
    return actions.create(new, actor=actor, now=clock.now())


def make_running(actor: Person, *, letters: int = 20, key: str = "ict2019") -> Survey:
    """In the field: sized, drawn, started."""
    survey = make_survey(actor, key=key)
    actions.set_population(survey.pk, POPULATION, source="架空", on=date(2019, 7, 1), actor=actor)
    actions.set_letters(survey.pk, letters, actor=actor)
    actions.draw(survey.pk, frame_csv(), seed=SEED, actor=actor)
    return actions.start(survey.pk, actor=actor)


def code(survey: Survey, serial: int) -> str:
    """The code printed on a letter."""
    found = survey.codes.get(serial=serial)
    return sampling.code_of(survey.secret, serial, found.issue)


def answer_online(survey: Survey, serial: int, answers: dict[str, Any]) -> None:
    """Answer with the letter of that number."""
    _, token = actions.enter(code(survey, serial), today=OPENS)
    draft = actions.answering.draft_of(survey.key, token)
    actions.hand_in(actions.save_page(draft, answers, today=OPENS), code(survey, serial), today=OPENS)


def make_opened(actor: Person, answers: list[dict[str, Any]], *, key: str = "ict2019") -> Survey:
    """With these answers, given on line, and the box opened."""
    survey = make_running(actor, letters=max(20, len(answers)), key=key)
    for serial, given in enumerate(answers, 1):
        answer_online(survey, serial, given)
    return actions.open_box(survey.pk, actor=actor, today=AFTER)
