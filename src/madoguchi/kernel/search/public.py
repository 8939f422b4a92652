"""Doors of the search: what services give to be found, and finding it."""

from madoguchi.kernel.search.finding import Found, Hit, find, suggest
from madoguchi.kernel.search.index import Tally, rebuild, refresh
from madoguchi.kernel.search.marking import Piece
from madoguchi.kernel.search.sources import Document, Source

__all__ = ["Document", "Found", "Hit", "Piece", "Source", "Tally", "find", "rebuild", "refresh", "suggest"]
