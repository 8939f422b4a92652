"""People, what they sign in with, and where they are signed in."""

from madoguchi.kernel.accounts.models.factors import Attempts, Factor
from madoguchi.kernel.accounts.models.people import Person, Post
from madoguchi.kernel.accounts.models.sessions import SignIn

__all__ = ["Attempts", "Factor", "Person", "Post", "SignIn"]
