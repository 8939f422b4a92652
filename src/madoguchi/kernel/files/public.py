"""Doors of the files: store, open, discard; what is known about their scans."""

from madoguchi.kernel.files.actions import content_of, discard, store, unreadable_file
from madoguchi.kernel.files.errors import FileRefused, InQuarantine
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.quarantine import note_for_staff, waiting_since

__all__ = [
    "FileRefused",
    "InQuarantine",
    "StoredFile",
    "content_of",
    "discard",
    "note_for_staff",
    "store",
    "unreadable_file",
    "waiting_since",
]
