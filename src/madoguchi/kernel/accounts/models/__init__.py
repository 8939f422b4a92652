"""People, their posts and sections, what they sign in with, and where they are signed in."""

from madoguchi.kernel.accounts.models.factors import Attempts, Factor, Invitation
from madoguchi.kernel.accounts.models.people import Person, Post
from madoguchi.kernel.accounts.models.sections import Reorganisation, SectionChange
from madoguchi.kernel.accounts.models.sessions import SignIn

__all__ = ["Attempts", "Factor", "Invitation", "Person", "Post", "Reorganisation", "SectionChange", "SignIn"]
