"""Writes, one function a verb: `design` makes a survey, `answering` is what people do, `paper` what is keyed,
`opening` empties the box and publishes, `coding` reads free text."""

from madoguchi.services.surveys.actions.answering import enter, hand_in, save_page
from madoguchi.services.surveys.actions.coding import add_theme, code_remark, remove_theme
from madoguchi.services.surveys.actions.design import (
    create,
    draw,
    reissue,
    save_questionnaire,
    set_letters,
    set_population,
    start,
)
from madoguchi.services.surveys.actions.opening import open_box, publish, withdraw
from madoguchi.services.surveys.actions.paper import key_sheet, receive_paper, resolve_sheet

__all__ = [
    "add_theme",
    "code_remark",
    "create",
    "draw",
    "enter",
    "hand_in",
    "key_sheet",
    "open_box",
    "publish",
    "receive_paper",
    "reissue",
    "remove_theme",
    "resolve_sheet",
    "save_page",
    "save_questionnaire",
    "set_letters",
    "set_population",
    "start",
    "withdraw",
]
