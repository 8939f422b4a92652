"""Doors of the accounts: people, access rules, permissions."""

from madoguchi.kernel.accounts.actions import represented, set_email
from madoguchi.kernel.accounts.errors import NotAllowed
from madoguchi.kernel.accounts.limits import take_try
from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.accounts.permissions import may, require, sections_with
from madoguchi.kernel.accounts.step_up import step_up
from madoguchi.lib.access import public_page, resident_page, staff_page

__all__ = [
    "NotAllowed",
    "Person",
    "may",
    "public_page",
    "represented",
    "require",
    "resident_page",
    "sections_with",
    "set_email",
    "staff_page",
    "step_up",
    "take_try",
]
