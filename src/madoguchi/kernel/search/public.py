"""Doors of the search: what services give to be found, finding it, and the words of a text."""

from madoguchi.kernel.search.finding import Found, Hit, find, suggest
from madoguchi.kernel.search.lexicon import words
from madoguchi.kernel.search.missed import add_synonym, handle, missed_words, note, totals
from madoguchi.kernel.search.sources import Document, Source

__all__ = [
    "Document",
    "Found",
    "Hit",
    "Source",
    "add_synonym",
    "find",
    "handle",
    "missed_words",
    "note",
    "suggest",
    "totals",
    "words",
]
