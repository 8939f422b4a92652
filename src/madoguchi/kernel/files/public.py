"""Doors of the files: clean, store, open, discard; what is known about their scans; the shelf for backups."""

from madoguchi.kernel.files.actions import discard, store, unreadable_file
from madoguchi.kernel.files.boxes import upload_input
from madoguchi.kernel.files.errors import FileRefused, FileShut
from madoguchi.kernel.files.intake import clean
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.quarantine import note_for_staff, waiting_since
from madoguchi.kernel.files.serving import file_response
from madoguchi.kernel.files.shelves import shelf

__all__ = [
    "FileRefused",
    "FileShut",
    "StoredFile",
    "clean",
    "discard",
    "file_response",
    "note_for_staff",
    "shelf",
    "store",
    "unreadable_file",
    "upload_input",
    "waiting_since",
]
