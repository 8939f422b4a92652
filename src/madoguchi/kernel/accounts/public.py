"""Doors of the accounts: people, who is signed in, permissions. Access rules of routes: lib/access.py."""

from madoguchi.kernel.accounts.actions import represented, set_email
from madoguchi.kernel.accounts.errors import NotAllowed
from madoguchi.kernel.accounts.limits import take_try
from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.accounts.permissions import Grant, may, require, sections_with
from madoguchi.kernel.accounts.queries import staff_with
from madoguchi.kernel.accounts.sessions import person_of
from madoguchi.kernel.accounts.step_up import step_up

__all__ = [
    "Grant",
    "NotAllowed",
    "Person",
    "may",
    "person_of",
    "represented",
    "require",
    "sections_with",
    "set_email",
    "staff_with",
    "step_up",
    "take_try",
]
