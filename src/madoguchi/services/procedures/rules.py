"""What is decided without a database or a clock: transitions, visibility, completeness, fee, due date, deadline."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from madoguchi.lib.workdays import BusinessCalendar

if TYPE_CHECKING:
    from madoguchi.services.procedures.pack import Page, Procedure, Question

Answers = Mapping[str, Any]

# act → (states it may start from, state it leads to)
TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "submit": (frozenset({"draft"}), "submitted"),
    "ask_correction": (frozenset({"submitted"}), "correcting"),
    "answer_correction": (frozenset({"correcting"}), "submitted"),
    "approve": (frozenset({"submitted"}), "approved"),
    "refuse": (frozenset({"submitted", "correcting"}), "refused"),
    "withdraw": (frozenset({"submitted", "correcting"}), "withdrawn"),
}
OPEN_STATES = frozenset({"submitted", "correcting"})


def mandate_scope(procedure_key: str) -> str:
    """What a mandate has to name for the procedure."""
    return f"procedures.{procedure_key}"


def next_state(act: str, state: str) -> str | None:
    """The state an act leads to, or None when it is not possible from `state`."""
    allowed, result = TRANSITIONS[act]
    return result if state in allowed else None


def is_visible(question: "Question", answers: Answers) -> bool:
    """Whether the answers so far make this question appear. The server alone decides."""
    return question.show_if is None or question.show_if.evaluate(dict(answers)) is True


def visible_questions(page: "Page", answers: Answers) -> list["Question"]:
    return [question for question in page.questions if is_visible(question, answers)]


def is_answered(question: "Question", answers: Answers) -> bool:
    """Whether a required question, and in rows every required part of every row, has an answer."""
    value = answers.get(question.key)
    if value in (None, "", [], ()):
        return not question.required
    if question.type == "rows":
        return all(is_answered(inner, row) for row in value for inner in question.fields)
    return True


def incomplete_pages(procedure: "Procedure", answers: Answers) -> list["Page"]:
    """The pages on which something required is missing, in order."""
    return [
        page
        for page in procedure.pages
        if not all(is_answered(question, answers) for question in visible_questions(page, answers))
    ]


def submitted_answers(procedure: "Procedure", answers: Answers) -> dict[str, Any]:
    """What is handed in: the answers to questions that are visible at the end, nothing else."""
    return {
        question.key: answers[question.key]
        for question in procedure.questions()
        if is_visible(question, answers) and question.key in answers
    }


def fee_yen(procedure: "Procedure", answers: Answers, parameters: Mapping[str, int]) -> int | None:
    """手数料 in yen by the procedure's own rule; None when it costs nothing to ask. Raises: ValueError."""
    if procedure.fee is None:
        return None
    amount = procedure.fee.yen.evaluate({**answers, **parameters})
    if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
        raise ValueError(f"the fee rule of {procedure.key} gave {amount!r}")
    return amount


@dataclass(frozen=True)
class Pause:
    """A stretch in which the clock stood still: from the day a correction was asked to the day it was answered."""

    first: date
    last: date


def due_on(received: date, working_days: int, pauses: Iterable[Pause], calendar: BusinessCalendar) -> date:
    """The day by which a decision is due: 標準処理期間 after arrival, 補正 not counted (行政手続法6条).

    A case that arrives on a closed day counts as received on the next open day.
    """
    paused = sum(calendar.count(pause.first, pause.last) for pause in pauses)
    return calendar.add(calendar.next_open(received), working_days + paused)


@dataclass(frozen=True)
class DeadlineCheck:
    """申請の期限 for these answers, and whether the application comes in time."""

    last_day: date
    in_time: bool


def deadline(procedure: "Procedure", answers: Answers, today: date) -> DeadlineCheck | None:
    """The last day to apply: so many days from the day after the event (民法140条: the first day is not counted)."""
    rule = procedure.deadline
    if rule is None or not answers.get(rule.question):
        return None
    last_day = date.fromisoformat(answers[rule.question]) + timedelta(days=rule.days)
    return DeadlineCheck(last_day, today <= last_day)
