"""Doors of the desk: the inbox every service fills, and what a person keeps at hand."""

from madoguchi.kernel.desk.actions import remember
from madoguchi.kernel.desk.inbox import Asked, Listed, Matter, Rows
from madoguchi.kernel.desk.queries import closed, opening, saved_views
from madoguchi.kernel.desk.undoing import Outcome, offer_undo
from madoguchi.kernel.desk.whole import Inbox

__all__ = [
    "Asked",
    "Inbox",
    "Listed",
    "Matter",
    "Outcome",
    "Rows",
    "closed",
    "offer_undo",
    "opening",
    "remember",
    "saved_views",
]
