"""Doors of the accounts: people, access rules, permissions."""

from madoguchi.kernel.accounts.actions import set_email
from madoguchi.kernel.accounts.errors import NotAllowed
from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.accounts.permissions import may, require, sections_with
from madoguchi.kernel.accounts.sessions import identity_level
from madoguchi.lib.access import is_public, public_page, resident_page, signed_in_page, staff_page

__all__ = [
    "NotAllowed",
    "Person",
    "identity_level",
    "is_public",
    "may",
    "public_page",
    "require",
    "resident_page",
    "sections_with",
    "set_email",
    "signed_in_page",
    "staff_page",
]
