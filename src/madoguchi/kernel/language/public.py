"""Doors of the language: やさしい日本語 and its rules."""

from madoguchi.kernel.language.easy import rules, rules_of, texts

__all__ = ["rules", "rules_of", "texts"]
