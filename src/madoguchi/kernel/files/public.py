"""Doors of the files: store, open, discard; what is known about their scans."""

from madoguchi.kernel.files.actions import content_of, discard, store, unreadable_file
from madoguchi.kernel.files.errors import FileRefused, InQuarantine
from madoguchi.kernel.files.intake import MAX_BYTES
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.quarantine import note_for_staff, waiting_since
from madoguchi.kernel.files.serving import file_response

__all__ = [
    "MAX_BYTES",
    "FileRefused",
    "InQuarantine",
    "StoredFile",
    "content_of",
    "discard",
    "file_response",
    "note_for_staff",
    "store",
    "unreadable_file",
    "waiting_since",
]
