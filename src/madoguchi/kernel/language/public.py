"""Doors of the language: やさしい日本語 and its rules, and what the pack and our texts say about readings."""

from madoguchi.kernel.language.aloud import as_read, overrides
from madoguchi.kernel.language.easy import rules, rules_of, texts

__all__ = ["as_read", "overrides", "rules", "rules_of", "texts"]
