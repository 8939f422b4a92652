"""What is decided without a database or a clock: branches, states, and how answers become columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from madoguchi.services.surveys.pack import Option, Page, Question, Questionnaire
    from madoguchi.ui.words import LocalText

Answers = Mapping[str, Any]

NO_ANSWER = 0  # asked, but nothing chosen
NOT_ASKED = 255  # a branch led past it
CHOSEN, NOT_CHOSEN = 1, 2  # of one option of a question with several answers

# act → (states it may start from, state it leads to)
TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "start": (frozenset({"draft"}), "running"),
    "open": (frozenset({"running"}), "opened"),
    "publish": (frozenset({"opened"}), "published"),
    "withdraw": (frozenset({"published"}), "opened"),
}


def next_state(act: str, state: str) -> str | None:
    """The state an act leads to, or None when it is not possible from `state`."""
    allowed, result = TRANSITIONS[act]
    return result if state in allowed else None


def takes_answers_online(state: str, opens_on: date, closes_on: date, today: date) -> bool:
    return state == "running" and opens_on <= today <= closes_on


def is_visible(question: "Question", answers: Answers) -> bool:
    """Whether the answers of earlier pages make this question appear. The server alone decides."""
    return question.show_if is None or question.show_if.evaluate(dict(answers)) is True


def visible_questions(page: "Page", answers: Answers) -> list["Question"]:
    return [question for question in page.questions if is_visible(question, answers)]


def visible_pages(questionnaire: "Questionnaire", answers: Answers) -> list["Page"]:
    return [page for page in questionnaire.pages if visible_questions(page, answers)]


def missing(questionnaire: "Questionnaire", answers: Answers) -> "Page | None":
    """The first page on which a required question has no answer."""
    for page in questionnaire.pages:
        for question in visible_questions(page, answers):
            given = answers.get(question.key)
            rows = {row.key for row in question.rows}
            if question.required and (not given or (rows and set(given) != rows)):
                return page
    return None


def handed_in(questionnaire: "Questionnaire", answers: Answers) -> dict[str, Any]:
    """What counts: answers to questions that are visible at the end. None where nothing was answered."""
    kept: dict[str, Any] = {}
    for question in questionnaire.questions():
        if is_visible(question, kept):
            kept[question.key] = answers.get(question.key) or None
    return kept


@dataclass(frozen=True)
class Item:
    """One column of the data: a question with one answer, a row of a matrix, an option of several answers."""

    key: str
    question: "Question"
    label: "LocalText"
    options: Sequence["Option"]  # empty for an option of several answers: chosen or not

    @property
    def is_option(self) -> bool:
        return not self.options


def items(questionnaire: "Questionnaire") -> Iterator[Item]:
    """The columns in order; free text has none."""
    for question in questionnaire.questions():
        yield from items_of(question)


def items_of(question: "Question") -> Iterator[Item]:
    if question.type == "multiple":
        for option in question.options:
            yield Item(f"{question.key}.{option.value}", question, option.label, ())
    elif question.type == "matrix":
        for row in question.rows:
            yield Item(f"{question.key}.{row.key}", question, row.label, question.options)
    elif question.type != "text":
        yield Item(question.key, question, question.label, question.options)


def columns(questionnaire: "Questionnaire", answers: Sequence[Answers]) -> dict[str, bytes]:
    """Each column as one byte an answer, in the order of `answers`; an option is its place, counted from 1."""
    found: dict[str, bytes] = {}
    for item in items(questionnaire):
        places = {option.value: place for place, option in enumerate(item.options, 1)}
        found[item.key] = bytes(_code(item, given, places) for given in answers)
    return found


def _code(item: Item, answers: Answers, places: Mapping[str, int]) -> int:
    question = item.question
    if question.key not in answers:
        return NOT_ASKED
    given = answers[question.key]
    if not given:
        return NO_ANSWER
    if item.is_option:
        return CHOSEN if item.key.partition(".")[2] in given else NOT_CHOSEN
    value = given.get(item.key.partition(".")[2]) if question.type == "matrix" else given
    return places.get(value, NO_ANSWER)


def texts(questionnaire: "Questionnaire", answers: Sequence[Answers]) -> dict[str, list[tuple[int, str]]]:
    """The free texts by question, each with its place in the data."""
    return {
        question.key: [(place, given[question.key]) for place, given in enumerate(answers) if given.get(question.key)]
        for question in questionnaire.questions()
        if question.type == "text"
    }


def differences(first: Answers, second: Answers) -> list[str]:
    """Keys of questions that two people typed differently; order of several answers does not matter."""
    return [key for key in {**first, **second} if _plain(first.get(key)) != _plain(second.get(key))]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value)
    return value or None
