"""Doors of the files: clean, store, open, discard; what is known about their scans."""

from madoguchi.kernel.files.actions import discard, store, thumbnails, unreadable_file
from madoguchi.kernel.files.errors import FileRefused, InQuarantine
from madoguchi.kernel.files.intake import MAX_BYTES, clean
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.quarantine import note_for_staff, waiting_since
from madoguchi.kernel.files.serving import file_response

__all__ = [
    "MAX_BYTES",
    "FileRefused",
    "InQuarantine",
    "StoredFile",
    "clean",
    "discard",
    "file_response",
    "note_for_staff",
    "store",
    "thumbnails",
    "unreadable_file",
    "waiting_since",
]
