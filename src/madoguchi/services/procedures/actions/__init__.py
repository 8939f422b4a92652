"""Writes, one function a verb: `application` is what the applicant does, `casework` what the desk does."""

from madoguchi.services.procedures.actions.application import (
    attach,
    begin,
    detach,
    fee_of,
    follow_bad_file,
    save_answers,
    submit,
    withdraw,
)
from madoguchi.services.procedures.actions.casework import (
    answer_correction,
    approve,
    ask_correction,
    note_look,
    refuse,
)
from madoguchi.services.procedures.actions.handing import hand_back, hand_on, put_back, take
from madoguchi.services.procedures.actions.numbers import show_number

__all__ = [
    "answer_correction",
    "approve",
    "ask_correction",
    "attach",
    "begin",
    "detach",
    "fee_of",
    "follow_bad_file",
    "hand_back",
    "hand_on",
    "note_look",
    "put_back",
    "refuse",
    "save_answers",
    "show_number",
    "submit",
    "take",
    "withdraw",
]
