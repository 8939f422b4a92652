"""Doors of the files: store, open, discard."""

from madoguchi.kernel.files.actions import content_of, discard, store, unreadable_file
from madoguchi.kernel.files.errors import FileRefused
from madoguchi.kernel.files.intake import ACCEPTED, MAX_BYTES
from madoguchi.kernel.files.models import StoredFile

__all__ = ["ACCEPTED", "MAX_BYTES", "FileRefused", "StoredFile", "content_of", "discard", "store", "unreadable_file"]
