"""The box of a page into which somebody puts a file."""

from madoguchi.kernel.files.intake import MAX_BYTES
from madoguchi.ui.forms import UploadInput

ACCEPT = "image/jpeg,image/png,image/heic,image/heif,.heic,.heif,application/pdf"


def upload_input() -> UploadInput:
    """It offers what `clean` takes; the server decides."""
    return UploadInput(most_mb=MAX_BYTES // 1024 // 1024, accept=ACCEPT)
